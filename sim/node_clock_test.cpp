#include "sim/node_clock.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace dusk::sim {
namespace {

using std::chrono::nanoseconds;

TEST(NodeClock, WakesAtTheFirstInstantThatIsNotTooEarly) {
    rc::check([] {
        const auto drift = *rc::gen::inRange(-500, 501);
        const auto zero = MonotonicTime(nanoseconds(*rc::gen::inRange<std::int64_t>(0, 1'000'000'000'000)));
        const NodeClock clock(WallTime{}, drift, zero);
        const auto own = zero + nanoseconds(*rc::gen::inRange<std::int64_t>(1, 100'000'000'000'000));
        const SimTime at = clock.when(own);
        RC_ASSERT(clock.now(at).steady >= own);
        RC_ASSERT(clock.now(at - nanoseconds(2)).steady < own);
    });
}

TEST(NodeClock, WhatIsPastIsNow) {
    const NodeClock clock(WallTime{}, 0, MonotonicTime(std::chrono::seconds(10)));
    EXPECT_EQ(clock.when(MonotonicTime(std::chrono::seconds(3))), SimTime{});
}

TEST(NodeClock, WhatNeverComesIsNever) {
    const NodeClock clock(WallTime{}, -100, MonotonicTime{});
    EXPECT_EQ(clock.when(MonotonicTime::max()), SimTime::max());
}

TEST(NodeClock, AWrongClockLeavesTheSteadyOneAlone) {
    NodeClock clock(WallTime(std::chrono::seconds(1000)), 0, MonotonicTime{});
    const SimTime at(std::chrono::seconds(5));
    const auto before = clock.now(at);
    clock.set_wrong_by(-std::chrono::seconds(7));
    EXPECT_EQ(clock.now(at).wall, before.wall - std::chrono::seconds(7));
    EXPECT_EQ(clock.now(at).steady, before.steady);
}

}  // namespace
}  // namespace dusk::sim
