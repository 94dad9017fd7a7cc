#include "node/durations.hpp"

#include <gtest/gtest.h>

namespace dusk::node {
namespace {

using namespace std::chrono_literals;

TEST(ParseDuration, AddsItsParts) {
    EXPECT_EQ(parse_duration("250ms"), 250ms);
    EXPECT_EQ(parse_duration("3s"), 3s);
    EXPECT_EQ(parse_duration("1h 30m"), 90min);
    EXPECT_EQ(parse_duration("1h30m"), 90min);
    EXPECT_EQ(parse_duration("3d"), 72h);
    EXPECT_EQ(parse_duration("0s"), 0s);
    for (const char* bad :
         {"", "3", "s", "3 s", "-1s", "3x", "1.5s", "18446744073709551615s", "4000d", "99999999999999999999s"}) {
        EXPECT_FALSE(parse_duration(bad)) << bad;
    }
}

TEST(ParseShortDuration, GoesDownToNanoseconds) {
    EXPECT_EQ(parse_short_duration("50us"), 50us);
    EXPECT_EQ(parse_short_duration("1ms 500ns"), 1'000'500ns);
    EXPECT_EQ(parse_short_duration("1h"), 1h);
    EXPECT_EQ(parse_short_duration("366d"), 366 * 24h);
    for (const char* bad : {"", "50", "us", "-1us", "367d", "1.5us"}) EXPECT_FALSE(parse_short_duration(bad)) << bad;
}

}  // namespace
}  // namespace dusk::node
