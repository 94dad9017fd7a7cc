#include "node/filtered_sink.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace dusk::node {
namespace {

class Kept final : public LogSink {
  public:
    void write(const LogRecord& record) override { lines.emplace_back(record.message); }
    std::vector<std::string> lines{};
};

TEST(FilteredSink, LevelsChangeUnderTheLoggers) {
    const ManualClock clock;
    Kept kept;
    FilteredSink sink(kept, LogFilter(LogLevel::info));
    const Log log(sink, clock, LogFilter(LogLevel::trace));
    const Logger logger = log.logger("consensus");
    logger.debug("a");
    logger.info("b");
    sink.set_filter(*parse_log_filter("warn,consensus=debug"));
    logger.debug("c");
    log.logger("chain").info("d");
    sink.set_filter(LogFilter(LogLevel::off));
    logger.error("e");
    EXPECT_EQ(kept.lines, (std::vector<std::string>{"b", "c"}));
}

}  // namespace
}  // namespace dusk::node
