#include "chain/service.hpp"

#include <gtest/gtest.h>

#include "chain/stall_detector.hpp"
#include "chain/test_service.hpp"

namespace dusk::chain {
namespace {

using ledger::Block;
using ledger::CandidateMessage;
using ledger::GetResourceMessage;
using ledger::QuorumMessage;

class ServiceTest : public testing::Test {
  protected:
    TestNetwork network_;
    TestService service_{network_};

    [[nodiscard]] const Head& head() const { return service_.chain().head(); }
    [[nodiscard]] Block make(const TestNetwork::Wish& wish = {}) const { return TestNetwork::block_on(head(), wish); }
    [[nodiscard]] static QuorumMessage quorum_of(const Block& block) {
        return {consensus_header(block.header), block.header.attestation};
    }
    [[nodiscard]] static Block without_attestation(Block block) {
        block.header.attestation = {};
        return block;
    }
    [[nodiscard]] std::size_t floods_for(const ledger::BlockHash& hash) {
        std::size_t out = 0;
        for (const auto& flood : service_.take<Flood>()) {
            const auto& request = std::get<GetResourceMessage>(flood.message->payload);
            EXPECT_EQ(request.hops_limit, 16U);
            if (request.inventory.items[0] == ledger::InventoryItem(ledger::CandidateByHash{hash})) ++out;
        }
        return out;
    }
};

TEST_F(ServiceTest, AsksWhenItStarts) {
    const auto asked = service_.take<SendToAlive>();
    ASSERT_EQ(asked.size(), 2U);
    EXPECT_EQ(asked[0].peers, 16U);
    EXPECT_EQ(std::get<ledger::GetBlocksMessage>(asked[0].message->payload).locator, network_.genesis.header.hash);
    EXPECT_EQ(asked[1].peers, 5U);
    EXPECT_TRUE(std::holds_alternative<ledger::GetMempoolMessage>(asked[1].message->payload));
    EXPECT_TRUE(service_.service->status().runs_consensus);
    EXPECT_EQ(service_.service->consensus_status()->round, 1U);
}

TEST_F(ServiceTest, TakesABlockAndGoesOnToTheNextRound) {
    const Block block = make();
    service_.block(test_peer(1), block);
    const auto accepted = service_.take<BlockAccepted>();
    ASSERT_EQ(accepted.size(), 1U);
    EXPECT_EQ(accepted[0].block->header, block.header);
    EXPECT_EQ(service_.service->consensus_status()->round, 2U);
    EXPECT_TRUE(service_.take<Broadcast>().empty());
    // Again: nothing.
    service_.block(test_peer(1), block);
    EXPECT_TRUE(service_.actions.empty() || service_.take<BlockAccepted>().empty());
    EXPECT_TRUE(service_.take<Misbehaved>().empty());
}

TEST_F(ServiceTest, ABrokenCopySaysNothingOfTheBlock) {
    const Block block = make();
    Block copy = block;
    copy.header.gas_limit.value -= 1;
    service_.block(test_peer(1), copy);
    service_.receive(test_peer(1), CandidateMessage{copy});
    EXPECT_EQ(service_.height(), 0U);
    const auto blamed = service_.take<Misbehaved>();
    ASSERT_EQ(blamed.size(), 1U);  // of a candidate others may not have noticed
    EXPECT_EQ(blamed[0].misdeed, Misdeed::broken_block);
    EXPECT_TRUE(service_.take<Broadcast>().empty());
    service_.block(test_peer(2), block);
    EXPECT_EQ(service_.height(), 1U);
}

TEST_F(ServiceTest, ABlockWithoutAttestationWaitsForNothing) {
    const Block block = make();
    service_.block(test_peer(1), without_attestation(block));
    EXPECT_EQ(service_.height(), 0U);
    EXPECT_TRUE(service_.take<Misbehaved>().empty());
}

TEST_F(ServiceTest, AQuorumMakesABlockOfAKnownCandidate) {
    const Block block = make();
    ASSERT_TRUE(service_.disk.store.keep_candidate(without_attestation(block)));
    const auto message = message_of(quorum_of(block));
    service_.service->on_message(test_peer(1), message, service_.now);
    service_.collect();
    EXPECT_EQ(service_.height(), 1U);
    EXPECT_EQ(service_.chain().tip().attestation, block.header.attestation);
    const auto relayed = service_.take<Broadcast>();
    ASSERT_EQ(relayed.size(), 1U);
    EXPECT_EQ(relayed[0].message, message);  // the same pointer
}

// The released node takes only quorums of the iteration it is in.
TEST_F(ServiceTest, AQuorumOfAnotherIterationCountsToo) {
    service_.pass(std::chrono::minutes(3));
    ASSERT_GT(service_.service->consensus_status()->iteration, 0U);
    const Block block = make({.iteration = 0});
    ASSERT_TRUE(service_.disk.store.keep_candidate(without_attestation(block)));
    service_.receive(test_peer(1), quorum_of(block));
    EXPECT_EQ(service_.height(), 1U);
}

TEST_F(ServiceTest, AnUnknownCandidateIsAskedForUntilItComes) {
    const Block block = make();
    service_.receive(test_peer(1), quorum_of(block));
    EXPECT_EQ(floods_for(block.header.hash), 1U);
    ASSERT_EQ(service_.sent<GetResourceMessage>(test_peer(1)).size(), 1U);
    service_.receive(test_peer(2), quorum_of(block));
    EXPECT_EQ(floods_for(block.header.hash), 0U);
    service_.pass(std::chrono::seconds(11));
    EXPECT_GE(floods_for(block.header.hash), 2U);
    // As others answer: a block without its attestation, or a candidate.
    service_.block(test_peer(3), without_attestation(block));
    EXPECT_EQ(service_.height(), 1U);
    EXPECT_EQ(service_.chain().tip().attestation, block.header.attestation);
    service_.pass(std::chrono::seconds(20));
    EXPECT_EQ(floods_for(block.header.hash), 0U);

    const Block second = make();
    service_.receive(test_peer(1), quorum_of(second));
    service_.receive(test_peer(3), CandidateMessage{without_attestation(second)});
    EXPECT_EQ(service_.height(), 2U);
}

TEST_F(ServiceTest, AQuorumThatDoesNotHoldIsNotHandedOn) {
    const Block block = make();
    QuorumMessage quorum = quorum_of(block);
    quorum.attestation.validation.signature.bytes[0] ^= 1U;
    service_.receive(test_peer(1), quorum);
    EXPECT_TRUE(service_.take<Broadcast>().empty());
    const auto blamed = service_.take<Misbehaved>();
    ASSERT_EQ(blamed.size(), 1U);
    EXPECT_EQ(blamed[0].misdeed, Misdeed::invalid_quorum);
    EXPECT_EQ(floods_for(block.header.hash), 0U);
}

// A quorum of Invalid that somebody calls a success: the votes are good, and agree on no block.
TEST_F(ServiceTest, AQuorumIsNoSuccessBecauseItSaysSo) {
    const Block block = make();
    ASSERT_TRUE(service_.disk.store.keep_candidate(without_attestation(block)));
    const ledger::ConsensusHeader header = consensus_header(block.header);
    QuorumMessage quorum{header,
                         TestNetwork::attest(header, ledger::Vote::invalid(block.header.hash), *head().committees)};
    quorum.attestation.result.success = true;
    service_.receive(test_peer(1), quorum);
    EXPECT_EQ(service_.height(), 0U);
    EXPECT_EQ(floods_for(block.header.hash), 0U);
    EXPECT_TRUE(service_.take<Misbehaved>().empty());
}

TEST_F(ServiceTest, AQuorumOfTheTipsRoundMayReplaceTheTip) {
    const Block lower = make({.iteration = 0});
    const Block higher = make({.iteration = 2, .shows_failed = false});
    service_.block(test_peer(1), higher);
    ASSERT_EQ(service_.chain().tip().hash, higher.header.hash);
    service_.receive(test_peer(2), quorum_of(lower));
    EXPECT_EQ(floods_for(lower.header.hash), 1U);
    service_.block(test_peer(3), without_attestation(lower));
    EXPECT_EQ(service_.chain().tip().hash, lower.header.hash);
    EXPECT_EQ(service_.chain().tip().attestation, lower.header.attestation);
    // The other way round nothing happens.
    service_.receive(test_peer(2), quorum_of(higher));
    EXPECT_EQ(floods_for(higher.header.hash), 0U);
}

TEST_F(ServiceTest, ABlockAheadOfTheClockIsTakenInItsTime) {
    const auto now = static_cast<std::uint64_t>(
        std::chrono::floor<std::chrono::seconds>(service_.now.wall.time_since_epoch()).count());
    const Block block = make({.later = now + 10 - TestNetwork::kGenesisTime - TestNetwork::kBlockTime});
    service_.block(test_peer(1), block);
    EXPECT_EQ(service_.height(), 0U);
    EXPECT_TRUE(service_.take<Misbehaved>().empty());
    service_.pass(std::chrono::seconds(6));
    EXPECT_EQ(service_.height(), 0U);
    service_.pass(std::chrono::seconds(2));
    EXPECT_EQ(service_.height(), 1U);
}

// No 64 bits that a header may hold make the clock overflow, so that the service would wake at once, again and again.
TEST_F(ServiceTest, ABlockOfTheFarFutureIsRefusedAndNotWaitedFor) {
    for (const std::uint64_t timestamp :
         {std::uint64_t{1} << 40, std::uint64_t{1} << 54, std::uint64_t{1} << 63, ~std::uint64_t{0}}) {
        Block block = make();
        block.header.timestamp = timestamp;
        TestNetwork::seal(block);
        const Block candidate = without_attestation(block);
        block.header.attestation = TestNetwork::attestation_of(block, head());
        const auto refusal = check_block(std::make_shared<const Block>(block), head(), LedgerView(service_.disk.store),
                                         service_.now.wall, service_.chain().check_ports());
        ASSERT_FALSE(refusal);
        ASSERT_TRUE(std::holds_alternative<HeaderFailure>(refusal.error()));
        EXPECT_EQ(std::get<HeaderFailure>(refusal.error()).error, HeaderError::too_far_ahead) << timestamp;

        service_.receive(test_peer(2), CandidateMessage{candidate});
        service_.block(test_peer(1), block);
        EXPECT_EQ(service_.height(), 0U);
        EXPECT_TRUE(service_.take<Misbehaved>().empty()) << "a clock may be wrong";
        for (int i = 0; i < 20; ++i) {
            const MonotonicTime wakeup = service_.service->wakeup();
            ASSERT_GT(wakeup, service_.now.steady) << timestamp;
            service_.now.wall += std::chrono::ceil<std::chrono::milliseconds>(wakeup - service_.now.steady);
            service_.now.steady = wakeup;
            service_.service->on_time(service_.now);
        }
        EXPECT_EQ(service_.height(), 0U);
    }
}

TEST_F(ServiceTest, SaysWhenItIsStalled) {
    service_.actions.clear();
    service_.pass(std::chrono::seconds(59));
    EXPECT_TRUE(service_.take<Stalled>().empty());
    service_.pass(std::chrono::seconds(62));
    EXPECT_EQ(service_.take<Stalled>().size(), 3U);  // after 60, 90 and 120 seconds
    service_.block(test_peer(1), make());
    EXPECT_FALSE(service_.service->status().stalled);
    service_.pass(std::chrono::seconds(59));
    EXPECT_TRUE(service_.take<Stalled>().empty());
}

TEST_F(ServiceTest, ADiskThatFailsStopsEverything) {
    service_.disk.store.writes_left = 0;
    service_.block(test_peer(1), make());
    EXPECT_EQ(service_.take<Broken>().size(), 1U);
    EXPECT_FALSE(service_.service->status().runs_consensus);
    service_.disk.store.writes_left.reset();
    service_.actions.clear();
    service_.block(test_peer(1), make());
    service_.pass(std::chrono::minutes(5));
    EXPECT_TRUE(service_.actions.empty());
    service_.open();
    service_.block(test_peer(1), make());
    EXPECT_EQ(service_.height(), 1U);
}

// Whatever write is the last one, the next start goes on.
TEST_F(ServiceTest, GoesOnAfterEveryWrite) {
    for (int writes = 0; writes < 40; ++writes) {
        TestNode source(network_);
        TestService node(network_);
        node.disk.store.writes_left = writes;
        for (int i = 0; i < 5; ++i) {
            source.extend(1, {.iteration = static_cast<std::uint8_t>(i == 2 ? 3 : 0), .shows_failed = false});
            node.block(test_peer(1), **source.disk.store.block(source.chain->tip().hash));
        }
        node.disk.store.writes_left.reset();
        node.open();
        for (std::uint64_t height = node.height() + 1; height <= 5; ++height) {
            node.block(test_peer(1), **source.disk.store.block((*source.disk.store.at({height}))->hash));
        }
        ASSERT_EQ(node.chain().tip(), source.chain->tip()) << writes;
        EXPECT_EQ(node.chain().last_final(), source.chain->last_final());
    }
}

TEST_F(ServiceTest, AFollowerThatWaitsForTheStartDoesNotRunConsensus) {
    TestNetwork network;
    TestService late(network);
    late.settings.consensus_from = late.now.wall + std::chrono::seconds(30);
    late.open();
    EXPECT_FALSE(late.service->status().runs_consensus);
    late.pass(std::chrono::seconds(29));
    EXPECT_FALSE(late.service->status().runs_consensus);
    late.pass(std::chrono::seconds(2));
    EXPECT_TRUE(late.service->status().runs_consensus);
}

TEST_F(ServiceTest, RestsUntilABlockIsWanted) {
    TestNetwork network;
    TestService node(network);
    node.settings.on_demand = true;
    node.open();
    node.actions.clear();
    EXPECT_TRUE(node.service->status().rests);
    node.pass(std::chrono::minutes(10));
    EXPECT_FALSE(node.service->status().runs_consensus);
    EXPECT_TRUE(node.take<Stalled>().empty());
    node.service->want_block(node.now);
    EXPECT_TRUE(node.service->status().runs_consensus);
    EXPECT_FALSE(node.service->status().rests);
    // What is wanted and does not come is missed.
    node.pass(std::chrono::seconds(61));
    EXPECT_EQ(node.take<Stalled>().size(), 1U);
    node.block(test_peer(1), TestNetwork::block_on(node.chain().head(), {}));
    EXPECT_EQ(node.height(), 1U);
    EXPECT_TRUE(node.service->status().rests);
    EXPECT_FALSE(node.service->status().runs_consensus);
}

}  // namespace
}  // namespace dusk::chain
