#include "base/log.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <limits>
#include <thread>

#include "base/secret.hpp"
#include "base/utf8.hpp"

namespace dusk {
namespace {

using namespace std::chrono_literals;

static_assert(!std::is_constructible_v<LogField, std::string_view, const SecretArray<32>&>);
static_assert(!std::is_constructible_v<LogField, std::string_view, const SecretBytes&>);
static_assert(std::is_constructible_v<LogField, std::string_view, std::uint8_t>);

// Keeps plain lines.
class MemorySink final : public LogSink {
  public:
    void write(const LogRecord& record) override { lines.push_back(format_log(record, LogForm::plain)); }
    std::vector<std::string> lines;
};

LogRecord record(std::string_view message, std::span<const LogField> fields) {
    return {WallTime(1'700'000'000'123ms), LogLevel::warn, "chain", message, fields};
}

TEST(Log, ThreeForms) {
    const LogField fields[] = {
        {"height", 7U}, {"hash", "ab12"}, {"why", "no \"quorum\""}, {"final", false}, {"load", 0.5}};
    EXPECT_EQ(format_log(record("block refused", fields), LogForm::plain),
              "2023-11-14T22:13:20.123Z warn  chain: block refused height=7 hash=ab12 why=\"no \\\"quorum\\\"\" "
              "final=false load=0.5");
    EXPECT_EQ(format_log(record("block refused", fields), LogForm::json),
              R"({"time":"2023-11-14T22:13:20.123Z","level":"warn","module":"chain","message":"block refused",)"
              R"("fields":{"height":7,"hash":"ab12","why":"no \"quorum\"","final":false,"load":0.5}})");
    EXPECT_EQ(format_log(record("block refused", {fields, 1}), LogForm::coloured),
              "\x1b[2m2023-11-14T22:13:20.123Z\x1b[0m \x1b[33mwarn \x1b[0m \x1b[2mchain:\x1b[0m block refused "
              "\x1b[2mheight=\x1b[0m7");
}

TEST(Log, NothingFromOutsideBreaksTheLine) {
    const LogField fields[] = {{"agent", "x\x1b[2J\r\n\xc2\x9b\xff"}, {"empty", ""}, {"n", std::nan("")}};
    EXPECT_EQ(
        format_log(record("a\nb", fields), LogForm::plain),
        "2023-11-14T22:13:20.123Z warn  chain: a\\nb agent=\"x\\u001b[2J\\u000d\\n\\u009b\\ufffd\" empty=\"\" n=nan");
    EXPECT_TRUE(format_log(record("", fields), LogForm::json).ends_with(R"("empty":"","n":null}})"));
}

RC_GTEST_PROP(Log, EveryLineIsOneLineOfText, (const std::string& message, const std::string& value)) {
    const LogField fields[] = {{"key", value}};
    for (const LogForm form : {LogForm::plain, LogForm::json}) {
        const std::string line = format_log(record(message, fields), form);
        RC_ASSERT(is_utf8(as_bytes(line)));
        for (const char c : line) RC_ASSERT((static_cast<std::uint8_t>(c) >= 0x20 && c != 0x7f));
    }
}

TEST(Log, FiltersByModule) {
    MemorySink sink;
    const ManualClock clock;
    const Log log(sink, clock, parse_log_filter("warn,consensus=debug,kadcast=off").value());
    log.logger("chain").info("1");
    log.logger("chain").error("2");
    log.logger("consensus").trace("3");
    log.logger("consensus").debug("4");
    log.logger("kadcast").error("5");
    EXPECT_FALSE(log.logger("kadcast").enabled(LogLevel::off));
    Logger().error("6");
    EXPECT_EQ(sink.lines, (std::vector<std::string>{"1970-01-01T00:00:00.000Z error chain: 2",
                                                    "1970-01-01T00:00:00.000Z debug consensus: 4"}));
}

TEST(Log, FilterTextsThatAreWrong) {
    EXPECT_EQ(parse_log_filter("").error(), "");
    EXPECT_EQ(parse_log_filter("loud").error(), "loud");
    EXPECT_EQ(parse_log_filter("info,chain=").error(), "chain=");
    EXPECT_EQ(parse_log_filter("info,=warn").error(), "=warn");
    EXPECT_EQ(parse_log_filter("info,").error(), "");
}

using OpenFile = std::unique_ptr<std::FILE, decltype([](std::FILE* file) { (void)std::fclose(file); })>;

TEST(Log, LinesOfSeveralThreadsStayWhole) {
    const OpenFile file(std::tmpfile());
    ASSERT_NE(file, nullptr);
    StreamSink sink(file.get(), LogForm::plain);
    const ManualClock clock;
    const Log log(sink, clock, LogFilter());
    {
        std::array<std::jthread, 4> threads;
        for (std::jthread& thread : threads) {
            thread = std::jthread([&] {
                for (int i = 0; i < 250; ++i) log.logger("m").info("a sentence of some length", {{"i", i}});
            });
        }
    }
    ASSERT_EQ(std::fseek(file.get(), 0, SEEK_SET), 0);
    std::array<char, 200> line{};
    const std::string_view start = "1970-01-01T00:00:00.000Z info  m: a sentence of some length i=";
    int lines = 0;
    while (std::fgets(line.data(), line.size(), file.get()) != nullptr) {
        ++lines;
        EXPECT_TRUE(std::string_view(line.data()).starts_with(start));
    }
    EXPECT_EQ(lines, 1000);
    EXPECT_EQ(sink.dropped(), 0U);
}

TEST(Log, LinesThatCannotBeWrittenAreCounted) {
    const OpenFile full(std::fopen("/dev/full", "w"));
    if (full == nullptr) GTEST_SKIP() << "no /dev/full here";
    StreamSink sink(full.get(), LogForm::json);
    sink.write(record("lost", {}));
    EXPECT_EQ(sink.dropped(), 1U);
}

}  // namespace
}  // namespace dusk
