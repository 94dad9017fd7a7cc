#include "consensus/aggregator.hpp"

#include <gmock/gmock.h>

#include "consensus/test_committee.hpp"

namespace dusk::consensus {
namespace {

using ledger::Vote;
using ledger::VotingStep;
using Refusal = Aggregator::Refusal;

class AggregatorTest : public ::testing::Test {
  protected:
    [[nodiscard]] const Committee& committee(const VotePlace& place) {
        return committees_.voters(place.iteration, place.step);
    }
    [[nodiscard]] ledger::ConsensusHeader header(const VotePlace& place) const { return {{{9}}, 11, place.iteration}; }
    Result<Aggregator::Tally, Refusal> add(const VotePlace& place, std::size_t member, const Vote& vote) {
        const Bytes message = ledger::signed_vote(header(place), place.step, vote);
        const auto& key = committee(place).members()[member].key;
        return votes_.add(place, committee(place), member, vote, KeyedHashSignatures::share(key, message));
    }

    KeyedHashSignatures signatures_;
    RoundCommittees committees_{test_provisioners(12), {}, {11}};
    Aggregator votes_{signatures_};
    const Vote valid_ = Vote::valid({{1}});
};

TEST_F(AggregatorTest, ReachesEachQuorumOnce) {
    for (const auto& [vote, needed] : {std::pair(valid_, 43U), std::pair(Vote::invalid({{1}}), 33U),
                                       std::pair(Vote::no_candidate(), 33U), std::pair(Vote::no_quorum(), 33U)}) {
        Aggregator votes(signatures_);
        const VotePlace place{static_cast<std::uint8_t>(needed % 5), VotingStep::ratification};
        std::uint32_t credits = 0;
        std::size_t reached = 0;
        for (std::size_t i = 0; i < committee(place).members().size(); ++i) {
            const auto& member = committee(place).members()[i];
            const Bytes message = ledger::signed_vote(header(place), place.step, vote);
            const auto tally =
                votes.add(place, committee(place), i, vote, KeyedHashSignatures::share(member.key, message));
            ASSERT_TRUE(tally);
            const bool was_enough = credits >= needed;
            credits += member.credits;
            EXPECT_EQ(tally->credits, credits);
            EXPECT_EQ(tally->reached, !was_enough && credits >= needed);
            reached += tally->reached ? 1 : 0;
            EXPECT_EQ(tally->reached || was_enough,
                      verify_quorum(header(place), place.step, vote, tally->votes, committee(place), signatures_)
                          .has_value());
        }
        EXPECT_EQ(reached, 1U);
        EXPECT_EQ(credits, 64U);
        EXPECT_EQ(votes.credits(place, vote), 64U);
    }
}

TEST_F(AggregatorTest, AMemberHasOneVote) {
    const VotePlace place{3, VotingStep::validation};
    ASSERT_TRUE(add(place, 0, valid_));
    EXPECT_EQ(add(place, 0, valid_).error(), Refusal::known);
    EXPECT_EQ(votes_.refusal(place, 0, valid_), Refusal::known);
    EXPECT_EQ(votes_.refusal(place, 0, Vote::no_candidate()), std::nullopt);
    EXPECT_EQ(add(place, 0, Vote::no_candidate()).error(), Refusal::conflict);
    EXPECT_EQ(add(place, 0, Vote::no_candidate()).error(), Refusal::accused);
    EXPECT_EQ(add(place, 0, valid_).error(), Refusal::known);
    EXPECT_EQ(votes_.vote_of(place, 0)->vote, valid_);
    EXPECT_EQ(votes_.credits(place, Vote::no_candidate()), 0U);
    // In every place.
    EXPECT_TRUE(add({3, VotingStep::ratification}, 0, Vote::no_candidate()));
    EXPECT_TRUE(add({4, VotingStep::validation}, 0, Vote::no_candidate()));
    EXPECT_EQ(votes_.vote_of({5, VotingStep::validation}, 0), nullptr);
}

TEST_F(AggregatorTest, AMemberHasAFewInAnEmergency) {
    const VotePlace place{16, VotingStep::validation};
    for (std::uint8_t i = 0; i < Aggregator::kMostVotesInEmergency; ++i) {
        EXPECT_TRUE(add(place, 0, Vote::valid({{i}})));
    }
    EXPECT_EQ(add(place, 0, Vote::valid({{9}})).error(), Refusal::crowded);
    EXPECT_EQ(add(place, 0, Vote::valid({{1}})).error(), Refusal::known);
}

}  // namespace
}  // namespace dusk::consensus
