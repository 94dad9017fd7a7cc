#include "sim/schedule.hpp"

#include <gtest/gtest.h>

namespace dusk::sim {
namespace {

TEST(Schedule, StaysWithinWhatTheProtocolPromises) {
    std::size_t byzantine = 0;
    std::size_t faults = 0;
    for (std::uint64_t seed = 0; seed < 500; ++seed) {
        const Plan plan = draw_plan(seed, {});
        ASSERT_TRUE(plan.participants.size() >= 4 && plan.participants.size() <= 20);
        std::uint64_t all = 0;
        std::uint64_t bad = 0;
        for (const Participant& one : plan.participants) {
            if (one.eligible_since.value > 0) continue;
            all += one.stake.value;
            if (one.byzantine) bad += one.stake.value;
        }
        EXPECT_LT(3 * bad, all) << seed;
        byzantine += plan.byzantine();
        faults += plan.faults.size();
        for (const Fault& fault : plan.faults) {
            EXPECT_GE(fault.at, SimTime{});
            EXPECT_LE(fault.at, fault.until);
            EXPECT_LE(fault.until, SimTime(plan.faulty_for));
            EXPECT_FALSE(describe(fault).empty());
        }
    }
    EXPECT_GT(byzantine, 300);
    EXPECT_GT(faults, 1000);
}

TEST(Schedule, TakesWishes) {
    const Plan plan = draw_plan(1, {.nodes = 200, .minutes = std::chrono::minutes(3), .real_signatures = true});
    EXPECT_EQ(plan.participants.size(), 200);
    EXPECT_EQ(plan.faulty_for, std::chrono::minutes(3));
    EXPECT_TRUE(plan.real_signatures);
}

}  // namespace
}  // namespace dusk::sim
