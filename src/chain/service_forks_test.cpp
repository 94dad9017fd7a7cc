#include <gtest/gtest.h>

#include "chain/branches.hpp"
#include "chain/test_service.hpp"

namespace dusk::chain {
namespace {

using ledger::Block;
using ledger::GetResourceMessage;

// Two nodes with a chain in common that goes two ways after it.
class ServiceForks : public testing::Test {
  protected:
    TestNetwork network_;
    TestNode other_{network_};
    TestService service_{network_};
    static constexpr std::uint8_t kPeer = 1;

    [[nodiscard]] static TestNetwork::Wish unshown(std::uint8_t iteration) {
        return {.iteration = iteration, .shows_failed = false};
    }
    // In common.
    void both(int count) {
        for (int i = 0; i < count; ++i) {
            other_.extend(1);
            give();
        }
    }
    void give() { service_.block(test_peer(kPeer), other_tip()); }
    [[nodiscard]] Block other_tip() { return **other_.disk.store.block(other_.chain->tip().hash); }
    [[nodiscard]] Block other_at(std::uint64_t height) {
        return **other_.disk.store.block((*other_.disk.store.at({height}))->hash);
    }
    // The service's own chain goes on.
    void own(const TestNetwork::Wish& wish) {
        service_.block(test_peer(9), TestNetwork::block_on(service_.chain().head(), wish));
    }
    void serve() { service_.serve(test_peer(kPeer), other_); }
};

TEST_F(ServiceForks, ALowerIterationWinsAtOnce) {
    both(2);
    own(unshown(3));
    own(unshown(1));
    ASSERT_EQ(service_.height(), 4U);
    const auto left = service_.chain().recent().at({3})->hash;
    other_.extend(1, unshown(2));
    service_.actions.clear();
    give();
    EXPECT_EQ(service_.chain().tip(), other_.chain->tip());
    const auto reverted = service_.take<BlocksReverted>();
    ASSERT_EQ(reverted.size(), 1U);
    ASSERT_EQ(reverted[0].blocks.size(), 2U);
    EXPECT_EQ(reverted[0].blocks[0]->header.height, ledger::Height{4});
    EXPECT_EQ(reverted[0].blocks[1]->header.hash, left);
    EXPECT_EQ(service_.take<BlockAccepted>().size(), 1U);
    EXPECT_TRUE(service_.service->status().runs_consensus);
    // The chain goes on, and after a restart too.
    other_.extend(2);
    service_.block(test_peer(kPeer), other_at(4));
    service_.block(test_peer(kPeer), other_at(5));
    EXPECT_EQ(service_.height(), 5U);
    service_.open();
    EXPECT_EQ(service_.chain().tip(), other_.chain->tip());
}

TEST_F(ServiceForks, AHigherIterationIsToldOfOurs) {
    both(2);
    own(unshown(1));
    const auto ours = service_.chain().tip();
    other_.extend(1, unshown(2));
    give();
    EXPECT_EQ(service_.chain().tip(), ours);
    const auto sent = service_.sent<ledger::BlockMessage>(test_peer(kPeer));
    ASSERT_EQ(sent.size(), 1U);
    EXPECT_EQ(sent[0].block.header, ours);
    give();  // once is enough
    EXPECT_TRUE(service_.sent<ledger::BlockMessage>(test_peer(kPeer)).empty());
    // And the other node comes to us.
    TestService there(network_);
    for (std::uint64_t height = 1; height <= 3; ++height) there.block(test_peer(kPeer), other_at(height));
    there.block(test_peer(2), sent[0].block);
    EXPECT_EQ(there.chain().tip(), ours);
}

TEST_F(ServiceForks, FinalBlocksStay) {
    both(2);
    own({.iteration = 1});
    own({});
    ASSERT_EQ(service_.chain().last_final(), ledger::Height{3});
    const auto ours = service_.chain().tip();
    other_.extend(1, {});
    service_.actions.clear();
    give();
    EXPECT_EQ(service_.chain().tip(), ours);
    EXPECT_TRUE(service_.take<BlocksReverted>().empty());
    EXPECT_TRUE(service_.sent<GetResourceMessage>(test_peer(kPeer)).empty());
}

TEST_F(ServiceForks, ABranchThatIsFinalForOthersIsTaken) {
    both(2);
    own(unshown(1));
    other_.extend(1, {.iteration = 2});
    other_.extend(1);  // the third block is final there, and will never be ours for them
    ASSERT_EQ(other_.chain->last_final(), ledger::Height{3});
    // It comes from its end: the parents are asked for.
    give();
    serve();
    EXPECT_EQ(service_.chain().tip(), other_.chain->tip());
    EXPECT_EQ(service_.chain().last_final(), ledger::Height{3});
    EXPECT_EQ(service_.take<BlocksReverted>().size(), 1U);
}

TEST_F(ServiceForks, WhoIsFarBehindOnAnotherBranchComesBackInOneGo) {
    both(3);
    own(unshown(1));
    own(unshown(2));
    other_.extend(1, {.iteration = 4});
    other_.extend(60);
    const ledger::ConsensusHeader next{other_.chain->tip().hash, other_.chain->tip().height.value + 1, 0};
    for (int i = 0; i < 20 && service_.height() < 64; ++i) {
        service_.receive(test_peer(kPeer), ledger::QuorumMessage{next, {}});
        serve();
        service_.pass(std::chrono::seconds(1));
    }
    EXPECT_EQ(service_.chain().tip(), other_.chain->tip());
    EXPECT_TRUE(service_.service->status().in_sync);
}

TEST_F(ServiceForks, NothingChangesForABranchThatTurnsOutBad) {
    both(2);
    own(unshown(3));
    const auto ours = service_.chain().tip();
    const auto states = service_.disk.states.stored.size();
    Block bad = other_.make(unshown(1));
    bad.header.state_root.bytes[0] ^= 1U;
    TestNetwork::seal(bad);
    bad.header.attestation = TestNetwork::attestation_of(bad, other_.chain->head());
    service_.block(test_peer(kPeer), bad);
    EXPECT_EQ(service_.chain().tip(), ours);
    EXPECT_EQ(service_.take<BlocksReverted>().size(), 0U);
    const auto blamed = service_.take<Misbehaved>();
    ASSERT_EQ(blamed.size(), 1U);
    EXPECT_EQ(blamed[0].misdeed, Misdeed::invalid_block);
    EXPECT_EQ(service_.disk.states.stored.size(), states);
}

TEST_F(ServiceForks, StatesOfOtherBranchesGoWhenTheyCannotComeBack) {
    both(2);
    own(unshown(3));
    other_.extend(1, unshown(2));
    give();
    EXPECT_EQ(service_.disk.states.stored.size(), 4U);  // 1 and 2, both blocks 3
    for (int i = 0; i < 10 && service_.chain().last_final() < ledger::Height{4}; ++i) {
        other_.extend(1);
        give();
    }
    EXPECT_EQ(service_.disk.states.stored.size(), service_.height() - service_.chain().last_final().value + 1);
}

TEST_F(ServiceForks, AStalledNodeAsksAndAtLastTakesALongerBranch) {
    both(2);
    own(unshown(1));
    // The others' blocks are of a higher iteration, not final, and two of them.
    other_.extend(2, unshown(2));
    service_.block(test_peer(kPeer), other_at(3));
    service_.block(test_peer(kPeer), other_at(4));
    EXPECT_EQ(service_.height(), 3U);
    service_.actions.clear();
    service_.pass(std::chrono::seconds(61));
    const auto stalled = service_.take<Stalled>();
    ASSERT_EQ(stalled.size(), 1U);
    EXPECT_EQ(stalled[0].height, ledger::Height{3});
    EXPECT_TRUE(service_.service->status().stalled);
    const auto asked = service_.take<SendToAlive>();
    ASSERT_EQ(asked.size(), 1U);
    const auto& question = std::get<ledger::GetBlocksMessage>(asked[0].message->payload);
    EXPECT_EQ(question.locator, service_.chain().recent().all().front().hash);
    EXPECT_EQ(service_.height(), 3U);
    service_.pass(std::chrono::seconds(130));
    EXPECT_EQ(service_.chain().tip(), other_.chain->tip());
    EXPECT_FALSE(service_.service->status().stalled);
}

TEST_F(ServiceForks, BlocksWithoutAKnownParentTakeLittleRoom) {
    both(2);
    for (int i = 0; i < 500; ++i) {
        Block block = other_.make({.later = static_cast<std::uint64_t>(i)});
        block.header.prev_block_hash.bytes[0] ^= 1U;
        TestNetwork::seal(block);
        service_.block(test_peer(static_cast<std::uint8_t>(i % 100)), block);
    }
    EXPECT_EQ(service_.height(), 2U);
    both(3);
    EXPECT_EQ(service_.height(), 5U);
}

TEST_F(ServiceForks, AQuorumOnAnotherParentLeadsToItsBlock) {
    both(2);
    own(unshown(3));
    other_.extend(1, unshown(1));
    const ledger::ConsensusHeader header{other_.chain->tip().hash, 4, 0};
    service_.receive(test_peer(kPeer), ledger::QuorumMessage{header, {}});
    serve();
    EXPECT_EQ(service_.chain().tip(), other_.chain->tip());
}

}  // namespace
}  // namespace dusk::chain
