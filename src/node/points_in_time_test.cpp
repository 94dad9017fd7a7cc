#include "node/points_in_time.hpp"

#include <gtest/gtest.h>

namespace dusk::node {
namespace {

TEST(PointInTime, IsUtcInWholeSeconds) {
    EXPECT_EQ(parse_point_in_time("1970-01-01T00:00:00Z"), 0U);
    EXPECT_EQ(parse_point_in_time("2000-02-29T23:59:59Z"), 951'868'799U);
    EXPECT_EQ(parse_point_in_time("2026-11-22T12:43:48Z"), 1'795'351'428U);
    EXPECT_EQ(parse_point_in_time("9999-12-31T23:59:59Z"), 253'402'300'799U);
    for (const char* bad :
         {"", "2026-11-22", "2026-11-22 12:43:48Z", "2026-11-22T12:43:48", "2026-11-22T12:43:48.5Z",
          "2026-11-22T12:43:48+00:00", "2026-13-22T12:43:48Z", "2025-02-29T12:43:48Z", "2026-11-22T24:00:00Z",
          "2026-11-22T12:60:00Z", "2026-11-22T12:43:60Z", "1969-12-31T23:59:59Z", "-026-11-22T12:43:48Z"}) {
        EXPECT_FALSE(parse_point_in_time(bad)) << bad;
    }
}

}  // namespace
}  // namespace dusk::node
