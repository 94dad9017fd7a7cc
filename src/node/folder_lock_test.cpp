#include "node/folder_lock.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <optional>

namespace dusk::node {
namespace {

TEST(FolderLock, OneHolderAtATime) {
    std::string name = testing::TempDir() + "lock.XXXXXX";
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    auto first = std::optional(FolderLock::take(name));
    ASSERT_TRUE(*first);
    const auto second = FolderLock::take(name);
    ASSERT_FALSE(second);
    EXPECT_NE(second.error().find(std::to_string(::getpid())), std::string::npos) << second.error();
    first.reset();
    EXPECT_TRUE(FolderLock::take(name));
    std::filesystem::remove_all(name);
    EXPECT_FALSE(FolderLock::take(name));
}

}  // namespace
}  // namespace dusk::node
