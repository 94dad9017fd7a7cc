#include "sim/watch.hpp"

#include <gtest/gtest.h>

#include "ledger/message.hpp"
#include "sim/keys.hpp"

namespace dusk::sim {
namespace {

ledger::Block genesis() {
    ledger::Block out;
    out.header = ledger::genesis_header({}, 1);
    return out;
}

ledger::Block after(const ledger::Block& before, std::uint8_t kind) {
    ledger::Block out;
    out.header.height = {before.header.height.value + 1};
    out.header.prev_block_hash = before.header.hash;
    out.header.iteration = kind;
    out.header.hash = out.header.content_hash();
    return out;
}

class WatchTest : public testing::Test {
  protected:
    ledger::Block first = genesis();
    Watch watch{3, first};
    ledger::Block a = after(first, 0);
    ledger::Block b = after(first, 1);
    ledger::Label attested{ledger::Label::Kind::attested, 1};
    ledger::Label one_unshown{ledger::Label::Kind::accepted, 2};
    // Makes the block before it final.
    void accept_two(NodeIndex node, const ledger::Block& block, const ledger::Label& label) {
        watch.accepted(node, block, label);
        watch.accepted(node, after(block, 0), attested);
    }
};

TEST_F(WatchTest, TakesAChainAndItsFinality) {
    accept_two(0, a, attested);
    watch.accepted(1, b, one_unshown);
    watch.reverted(1, b);
    accept_two(1, a, attested);
    watch.finalised(0, {1}, a.header.hash);
    watch.finalised(1, {1}, a.header.hash);
    watch.holds_final(1, {1});
    EXPECT_THROW(watch.holds_final(1, {0}), Violation);
    EXPECT_EQ(watch.final_height(), 1);
    EXPECT_EQ(watch.reverts(), 1);
}

TEST_F(WatchTest, TwoFinalBlocksAtAHeightAreAViolation) {
    accept_two(0, a, attested);
    accept_two(1, b, one_unshown);
    watch.finalised(0, {1}, a.header.hash);
    const auto c = after(after(b, 0), 0);
    watch.accepted(1, c, attested);
    EXPECT_EQ(watch.chain(1).due_height, 2);
    EXPECT_THROW(watch.finalised(1, {2}, c.header.prev_block_hash), Violation);
}

TEST_F(WatchTest, AFinalBlockThatIsRevertedIsAViolation) {
    accept_two(0, a, attested);
    watch.finalised(0, {1}, a.header.hash);
    watch.reverted(0, after(a, 0));
    EXPECT_THROW(watch.reverted(0, a), Violation);
}

TEST_F(WatchTest, ABlockThatDoesNotFollowIsAViolation) {
    watch.accepted(0, a, attested);
    EXPECT_THROW(watch.finalised(0, {1}, a.header.hash), Violation);
    EXPECT_THROW(watch.accepted(0, b, one_unshown), Violation);
    EXPECT_THROW(watch.reverted(0, b), Violation);
    EXPECT_THROW(watch.finalised(0, {2}, a.header.hash), Violation);
    EXPECT_THROW(watch.finalised(0, {1}, b.header.hash), Violation);
}

TEST_F(WatchTest, AWrongHashIsAViolation) {
    a.header.timestamp = 9;
    EXPECT_THROW(watch.accepted(0, a, attested), Violation);
}

TEST_F(WatchTest, AWrongLabelIsAViolation) {
    EXPECT_THROW(watch.accepted(0, a, one_unshown), Violation);
    EXPECT_THROW(watch.accepted(0, b, attested), Violation);
}

ledger::Message vote(std::size_t key, ledger::Vote vote, std::uint8_t iteration = 0) {
    return {{}, ledger::ValidationMessage{{{}, 5, iteration}, vote, {sim_key(key).key, {}}}};
}

TEST_F(WatchTest, TwoVotesForOneStepAreAViolation) {
    const crypto::BlsPublicKey& own = sim_key(0).key;
    watch.sent(0, own, vote(0, ledger::Vote::no_candidate()));
    watch.sent(0, own, vote(0, ledger::Vote::no_candidate()));
    watch.sent(0, own, vote(0, ledger::Vote::valid({}), 1));
    watch.sent(0, own, vote(1, ledger::Vote::valid({})));  // passed on
    EXPECT_THROW(watch.sent(0, own, vote(0, ledger::Vote::valid({}))), Violation);
}

TEST_F(WatchTest, TwoCandidatesOfOneIterationAreAViolation) {
    const crypto::BlsPublicKey& own = sim_key(0).key;
    a.header.generator = {own.to_bytes()};
    a.header.hash = a.header.content_hash();
    watch.sent(0, own, {{}, ledger::CandidateMessage{a}});
    ++a.header.timestamp;
    a.header.hash = a.header.content_hash();
    EXPECT_THROW(watch.sent(0, own, {{}, ledger::CandidateMessage{a}}), Violation);
}

}  // namespace
}  // namespace dusk::sim
