#include "sim/simulation.hpp"

#include <gtest/gtest.h>

#include "sim/scenario.hpp"
#include "sim/schedule.hpp"

namespace dusk::sim {
namespace {

Plan short_plan(std::uint64_t seed) { return draw_plan(seed, {.nodes = 5, .minutes = std::chrono::minutes(2)}); }

TEST(Simulation, IsAFunctionOfTheSeed) {
    const Plan plan = short_plan(1);
    const auto once = Simulation(plan, nullptr).run();
    const auto twice = Simulation(plan, nullptr).run();
    EXPECT_EQ(once.fingerprint, twice.fingerprint);
    Trace trace(10);
    EXPECT_EQ(Simulation(plan, &trace).run().fingerprint, once.fingerprint);
    EXPECT_FALSE(trace.lines().empty());
    EXPECT_NE(Simulation(short_plan(2), nullptr).run().fingerprint, once.fingerprint);
}

TEST(Simulation, MakesABlockEveryTenSecondsWhereNothingIsWrong) {
    EXPECT_NO_THROW((void)Simulation(scenario_named("calm")->plan(1), nullptr).run());
}

TEST(Simulation, RunsOnRealSignatures) {
    Plan plan = draw_plan(1, {.nodes = 4, .minutes = std::chrono::minutes(1), .real_signatures = true});
    EXPECT_GE(Simulation(plan, nullptr).run().blocks, 2);
}

// The checks can fail: without journals a node that lost its database signs a second time.
TEST(Simulation, NoticesWhoSignsTwice) {
    std::size_t violations = 0;
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        Plan plan = scenario_named("lost-databases")->plan(seed);
        plan.expectation = {};
        plan.journals = false;
        try {
            (void)Simulation(plan, nullptr).run();
        } catch (const Violation& violation) {
            EXPECT_NE(std::string(violation.what()).find("signed two things"), std::string::npos) << violation.what();
            ++violations;
        }
    }
    EXPECT_GT(violations, 0);
}

// Candidates reach nobody, so that there is no quorum for one.
TEST(Simulation, NoticesANetworkThatStandsStill) {
    Plan plan{.seed = 1};
    plan.participants.resize(4);
    for (Participant& one : plan.participants) one.stake = {1'000'000 * ledger::kLuxPerDusk};
    plan.faulty_for = std::chrono::minutes(1);
    plan.passes = [](const Simulation& /*simulation*/, NodeIndex /*from*/, NodeIndex /*to*/,
                     const ledger::Message& message) { return message.topic() != ledger::CandidateMessage::kTopic; };
    try {
        (void)Simulation(plan, nullptr).run();
        FAIL() << "nothing was noticed";
    } catch (const Violation& violation) {
        EXPECT_NE(std::string(violation.what()).find("no progress within the bound of liveness"), std::string::npos)
            << violation.what();
    }
}

TEST(Scenarios, HaveNames) {
    for (const Scenario& one : scenarios()) EXPECT_EQ(scenario_named(one.name), &one);
    EXPECT_EQ(scenario_named("nothing"), nullptr);
}

}  // namespace
}  // namespace dusk::sim
