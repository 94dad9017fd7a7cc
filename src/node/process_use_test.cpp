#include "node/process_use.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <ctime>
#include <string>

namespace dusk::node {
namespace {

constexpr std::string_view kFields =
    " S 1 2 3 0 -1 4194560 5 6 7 8 9 10 11 12 20 0 33 0 123456 1000 200 18446744073709551615\n";

TEST(ProcessStatTest, ReadsThreadsAndStart) {
    const ProcessStat expected{.threads = 33, .start_ticks = 123456};
    EXPECT_EQ(parse_process_stat("42 (dusk)" + std::string(kFields)), expected);
}

TEST(ProcessStatTest, TheNameMayHoldAnything) {
    const ProcessStat expected{.threads = 33, .start_ticks = 123456};
    EXPECT_EQ(parse_process_stat("42 (a) S 1 (b c)" + std::string(kFields)), expected);
}

TEST(ProcessStatTest, RefusesOtherTexts) {
    for (const std::string_view text : {"", "42", "42 (dusk", "42 (dusk)", "42 (dusk) S", "42 (dusk) S 1 2 3",
                                        "42 (dusk) S 1 2 3 0 -1 4194560 5 6 7 8 9 10 11 12 20 0 many 0 123456",
                                        "42 (dusk) S 1 2 3 0 -1 4194560 5 6 7 8 9 10 11 12 20 0 33 0 -5",
                                        "42 (dusk) S 1 2 3 0 -1 4194560 5 6 7 8 9 10 11 12 20 0 33 0 "}) {
        EXPECT_FALSE(parse_process_stat(text)) << text;
    }
}

TEST(ProcessUseTest, IsThatOfThisProcess) {
    const auto before = process_use();
    ASSERT_TRUE(before);
    EXPECT_GT(before->resident_bytes, std::uint64_t{1} << 20);
    EXPECT_GE(before->virtual_bytes, before->resident_bytes);
    EXPECT_GE(before->threads, 1U);
    EXPECT_GE(before->most_files, before->open_files);
    EXPECT_LE(before->started, static_cast<double>(std::time(nullptr)) + 1);
    EXPECT_GT(before->started, static_cast<double>(std::time(nullptr)) - 86'400);

    const int file = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    ASSERT_GE(file, 0);
    const auto with_file = process_use();
    ::close(file);
    ASSERT_TRUE(with_file);
    EXPECT_EQ(with_file->open_files, before->open_files + 1);
    EXPECT_GE(with_file->cpu, before->cpu);
    EXPECT_DOUBLE_EQ(with_file->started, before->started);
}

}  // namespace
}  // namespace dusk::node
