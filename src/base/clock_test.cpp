#include "base/clock.hpp"

#include <gtest/gtest.h>

namespace dusk {
namespace {

using namespace std::chrono_literals;

TEST(Clock, ManualStandsStillUntilAdvanced) {
    ManualClock clock(WallTime(1'700'000'000'000ms));
    const MonotonicTime before = clock.monotonic_time();
    EXPECT_EQ(clock.monotonic_time(), before);
    clock.advance(1500us);
    clock.advance(1500us);
    EXPECT_EQ(clock.monotonic_time() - before, 3ms);
    EXPECT_EQ(clock.wall_time().time_since_epoch(), 1'700'000'000'003ms);
}

TEST(Clock, CorrectingTheWallClockDoesNotTouchTheMonotonicOne) {
    ManualClock clock(WallTime(1000ms));
    clock.advance(5ms);
    const MonotonicTime before = clock.monotonic_time();
    clock.set_wall_time(WallTime(10ms));
    EXPECT_EQ(clock.wall_time(), WallTime(10ms));
    EXPECT_EQ(clock.monotonic_time(), before);
}

TEST(Clock, SystemNeverRunsBackwards) {
    const SystemClock clock;
    const MonotonicTime before = clock.monotonic_time();
    EXPECT_GE(clock.monotonic_time(), before);
    EXPECT_GT(clock.wall_time().time_since_epoch(), 1'600'000'000s);
}

}  // namespace
}  // namespace dusk
