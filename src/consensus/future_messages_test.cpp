#include "consensus/future_messages.hpp"

#include <gmock/gmock.h>

#include "consensus/test_committee.hpp"

namespace dusk::consensus {
namespace {

using ledger::Step;
using ledger::Vote;
using Outcome = FutureMessages::Outcome;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const ledger::BlockHash kTip{{7}};

ledger::KeyBytes signer(std::uint64_t number) {
    ledger::KeyBytes out;
    store_le(out.bytes.data(), number);
    return out;
}

MessagePtr vote(std::uint64_t round, std::uint8_t iteration, const Vote& what, const ledger::BlockHash& tip = kTip) {
    return std::make_shared<const ledger::Message>(
        ledger::Message{.payload = ledger::ValidationMessage{{tip, round, iteration}, what, {}}});
}

MessagePtr candidate(std::uint64_t round, std::uint8_t iteration, std::uint64_t salt) {
    ledger::Block block;
    block.header.prev_block_hash = kTip;
    block.header.height = {round};
    block.header.iteration = iteration;
    block.header.gas_limit = {salt};
    block.header.hash = block.header.content_hash();
    return std::make_shared<const ledger::Message>(
        ledger::Message{.payload = ledger::CandidateMessage{std::move(block)}});
}

TEST(FutureMessages, GivesThemOutInTheOrderOfTheSteps) {
    FutureMessages queue({});
    const auto later = vote(5, 2, Vote::no_candidate());
    const auto first = vote(5, 1, Vote::no_candidate());
    const auto block = candidate(5, 1, 0);
    const auto other_round = vote(6, 0, Vote::no_candidate());
    for (const auto& message : {later, first, block, other_round}) {
        EXPECT_EQ(queue.push(message, signer(1)), Outcome::queued);
    }
    EXPECT_EQ(queue.size(), 4U);
    EXPECT_THAT(queue.take(5, kTip, 1, Step::proposal), ElementsAre(block));
    EXPECT_THAT(queue.take(5, kTip, 1, Step::ratification), ElementsAre(first));
    EXPECT_THAT(queue.take(5, kTip, 1, Step::ratification), IsEmpty());
    EXPECT_THAT(queue.take_round(5, kTip), ElementsAre(later));
    EXPECT_THAT(queue.take_round(6, kTip), ElementsAre(other_round));
    EXPECT_EQ(queue.size(), 0U);
    EXPECT_EQ(queue.bytes(), 0U);
}

TEST(FutureMessages, KeepsThoseOfOtherBranches) {
    FutureMessages queue({});
    const ledger::BlockHash other{{8}};
    const auto here = vote(5, 0, Vote::no_candidate());
    const auto there = vote(5, 0, Vote::no_candidate(), other);
    EXPECT_EQ(queue.push(here, signer(1)), Outcome::queued);
    EXPECT_EQ(queue.push(there, signer(1)), Outcome::queued);
    EXPECT_THAT(queue.take_round(5, kTip), ElementsAre(here));
    EXPECT_THAT(queue.take_round(5, other), ElementsAre(there));
}

TEST(FutureMessages, ASignerHasTwoInAStep) {
    FutureMessages queue({});
    EXPECT_EQ(queue.push(vote(5, 0, Vote::no_candidate()), signer(1)), Outcome::queued);
    EXPECT_EQ(queue.push(vote(5, 0, Vote::no_candidate()), signer(1)), Outcome::known);
    EXPECT_EQ(queue.push(vote(5, 0, Vote::valid({{1}})), signer(1)), Outcome::queued);
    EXPECT_EQ(queue.push(vote(5, 0, Vote::valid({{2}})), signer(1)), Outcome::full);
    EXPECT_EQ(queue.push(vote(5, 0, Vote::valid({{2}})), signer(2)), Outcome::queued);
    EXPECT_EQ(queue.size(), 3U);
}

TEST(FutureMessages, OldestOfAStepMakesRoom) {
    FutureMessages queue({.of_step = 3});
    std::vector<MessagePtr> all;
    for (std::uint64_t i = 0; i < 5; ++i) {
        all.push_back(vote(5, 0, Vote::no_candidate()));
        EXPECT_EQ(queue.push(all.back(), signer(i)), Outcome::queued);
    }
    EXPECT_THAT(queue.take_round(5, kTip), ElementsAre(all[2], all[3], all[4]));
}

TEST(FutureMessages, ThoseFurthestAwayMakeRoomForBytes) {
    const std::size_t each = 512 + ledger::encode(*candidate(5, 0, 0)).size();
    FutureMessages queue({.candidate_bytes = 3 * each});
    const auto near = candidate(5, 1, 0);
    const auto far = candidate(9, 0, 1);
    const auto farther = candidate(9, 3, 2);
    for (const auto& message : {near, far, farther}) EXPECT_EQ(queue.push(message, signer(1)), Outcome::queued);
    EXPECT_EQ(queue.push(candidate(9, 3, 3), signer(2)), Outcome::full) << "as far as the last";
    EXPECT_EQ(queue.push(candidate(10, 0, 4), signer(2)), Outcome::full) << "farther";
    const auto nearer = candidate(5, 0, 5);
    EXPECT_EQ(queue.push(nearer, signer(2)), Outcome::queued);
    EXPECT_EQ(queue.bytes(), 3 * each);
    // Votes have bytes of their own.
    EXPECT_EQ(queue.push(vote(10, 40, Vote::no_candidate()), signer(1)), Outcome::queued);
    EXPECT_THAT(queue.take_round(9, kTip), ElementsAre(far));
    EXPECT_THAT(queue.take_round(5, kTip), ElementsAre(nearer, near));
}

TEST(FutureMessages, OnlyOfRoundsThatMayCome) {
    FutureMessages queue({});
    for (std::uint64_t round = 1; round <= 9; ++round) {
        EXPECT_EQ(queue.push(vote(round, 0, Vote::no_candidate()), signer(1)), Outcome::queued);
    }
    queue.keep_rounds(4, 6);
    EXPECT_EQ(queue.size(), 3U);
    EXPECT_THAT(queue.take_round(3, kTip), IsEmpty());
    EXPECT_THAT(queue.take_round(4, kTip), SizeIs(1));
    queue.keep_rounds(100, 110);
    EXPECT_EQ(queue.bytes(), 0U);
}

TEST(FutureMessages, TakesOnlyWhatIsSigned) {
    FutureMessages queue({});
    const auto message = std::make_shared<const ledger::Message>(ledger::Message{.payload = ledger::QuorumMessage{}});
    EXPECT_EQ(queue.push(message, signer(1)), Outcome::full);
}

}  // namespace
}  // namespace dusk::consensus
