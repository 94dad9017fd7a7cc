#include "consensus/step_votes_registry.hpp"

#include <gmock/gmock.h>

#include "consensus/test_committee.hpp"

namespace dusk::consensus {
namespace {

using ledger::StepVotes;
using ledger::Vote;

StepVotes votes(std::uint8_t number) { return {number, {{number}}}; }

TEST(StepVotesRegistry, AttestsOnceBothStepsHaveAQuorum) {
    StepVotesRegistry registry;
    const Vote valid = Vote::valid({{1}});
    EXPECT_FALSE(registry.attestation(0, valid));
    EXPECT_TRUE(registry.set_ratification(0, valid, votes(2)));
    EXPECT_FALSE(registry.attestation(0, valid));
    EXPECT_EQ(registry.validation(0, valid), nullptr);
    EXPECT_TRUE(registry.set_validation(0, valid, votes(1)));
    EXPECT_FALSE(registry.set_validation(0, valid, votes(9))) << "the first one stays";
    EXPECT_EQ(*registry.validation(0, valid), votes(1));
    const auto attestation = registry.attestation(0, valid);
    ASSERT_TRUE(attestation);
    EXPECT_EQ(*attestation, (ledger::Attestation{{true, valid}, votes(1), votes(2)}));
    EXPECT_TRUE(registry.has_valid_quorum(0));
    EXPECT_TRUE(registry.has_success(0));
    EXPECT_FALSE(registry.has_success(1));
    EXPECT_FALSE(registry.failure(0));
}

TEST(StepVotesRegistry, NoQuorumNeedsTheRatificationOnly) {
    StepVotesRegistry registry;
    registry.set_ratification(3, Vote::no_quorum(), votes(2));
    EXPECT_EQ(*registry.attestation(3, Vote::no_quorum()),
              (ledger::Attestation{{false, Vote::no_quorum()}, {}, votes(2)}));
    EXPECT_EQ(registry.failure(3), registry.attestation(3, Vote::no_quorum()));
}

TEST(StepVotesRegistry, OneFailureAmongSeveralWhateverCameFirst) {
    const std::array all{Vote::no_candidate(), Vote::invalid({{1}}), Vote::invalid({{2}}), Vote::no_quorum()};
    std::array order{0U, 1U, 2U, 3U};
    do {
        StepVotesRegistry registry;
        for (const unsigned i : order) {
            registry.set_validation(2, all[i], votes(1));
            registry.set_ratification(2, all[i], votes(2));
        }
        EXPECT_EQ(registry.failure(2)->result, (ledger::RatificationResult{false, all[0]}));
    } while (std::ranges::next_permutation(order).found);
}

TEST(StepVotesRegistry, HasRoomForAFewVotesOfAnIteration) {
    StepVotesRegistry registry;
    for (std::uint8_t i = 0; i < StepVotesRegistry::kMostVotes; ++i) {
        EXPECT_TRUE(registry.set_validation(2, Vote::invalid({{i}}), votes(1)));
    }
    EXPECT_FALSE(registry.set_validation(2, Vote::invalid({{99}}), votes(1)));
    EXPECT_FALSE(registry.set_ratification(2, Vote::no_quorum(), votes(1)));
    EXPECT_TRUE(registry.set_ratification(2, Vote::invalid({{3}}), votes(2)));
    EXPECT_TRUE(registry.set_validation(3, Vote::invalid({{99}}), votes(1)));
}

TEST(StepVotesRegistry, HeadersNameTheFirstEightFailures) {
    StepVotesRegistry registry;
    RoundCommittees committees(test_provisioners(5), {}, {11});
    for (const std::uint8_t i : std::to_array<std::uint8_t>({0, 2, 7, 8, 9}))
        registry.set_ratification(i, Vote::no_quorum(), votes(i));
    registry.set_ratification(1, Vote::valid({{1}}), votes(1));
    registry.set_validation(1, Vote::valid({{1}}), votes(1));
    EXPECT_TRUE(registry.failures_before(0, committees).iterations.empty());
    for (const std::uint8_t iteration : std::to_array<std::uint8_t>({1, 3, 8, 9, 49})) {
        const auto failures = registry.failures_before(iteration, committees).iterations;
        ASSERT_EQ(failures.size(), std::min<std::size_t>(8, iteration));
        for (std::uint8_t i = 0; i < failures.size(); ++i) {
            ASSERT_EQ(failures[i].has_value(), i == 0 || i == 2 || i == 7) << int{i};
            if (!failures[i]) continue;
            EXPECT_EQ(failures[i]->generator, committees.generator(i)->bytes);
            EXPECT_EQ(failures[i]->attestation.ratification, votes(i));
        }
    }
}

}  // namespace
}  // namespace dusk::consensus
