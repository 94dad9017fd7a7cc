#include <gtest/gtest.h>

#include "chain/sync.hpp"
#include "chain/test_service.hpp"

namespace dusk::chain {
namespace {

using ledger::Block;
using ledger::GetResourceMessage;
using ledger::InventoryItem;

class ServiceSync : public testing::Test {
  protected:
    TestNetwork network_;
    TestNode other_{network_};
    TestService service_{network_};
    crypto::ChaChaRng random_{11};

    // What a peer that has the other chain says when the next round ends.
    [[nodiscard]] ledger::QuorumMessage quorum_of_next_round() {
        const ledger::ConsensusHeader header{other_.chain->tip().hash, other_.chain->tip().height.value + 1, 0};
        return {header, TestNetwork::attest(header, ledger::Vote::no_candidate(), *other_.chain->head().committees)};
    }
    void claim(std::uint8_t peer) { service_.receive(test_peer(peer), quorum_of_next_round()); }
    [[nodiscard]] Block block_at(std::uint64_t height) {
        return **other_.disk.store.block((*other_.disk.store.at({height}))->hash);
    }
    [[nodiscard]] bool is_behind() const { return service_.height() < other_.chain->tip().height.value; }
    [[nodiscard]] bool chance(std::uint64_t percent) { return random_.next_u64() % 100 < percent; }
    [[nodiscard]] ServiceStatus status() const { return service_.service->status(); }
};

TEST_F(ServiceSync, FollowsAPeerThatIsAhead) {
    other_.extend(230);
    EXPECT_TRUE(status().runs_consensus);
    claim(1);
    EXPECT_EQ(status().best_claim, ledger::Height{230});
    // One block is asked for first; only when it is good are the others.
    const auto first = service_.sent<GetResourceMessage>(test_peer(1));
    ASSERT_EQ(first.size(), 1U);
    EXPECT_EQ(first[0].inventory.items, (std::vector<InventoryItem>{ledger::BlockByHeight{{1}}}));
    EXPECT_EQ(first[0].requester, test_peer(200));
    EXPECT_EQ(first[0].hops_limit, 1U);
    EXPECT_TRUE(status().in_sync);
    service_.block(test_peer(1), block_at(1));
    EXPECT_EQ(service_.height(), 1U);
    EXPECT_FALSE(status().in_sync);
    EXPECT_FALSE(status().runs_consensus);
    service_.serve(test_peer(1), other_);
    EXPECT_EQ(service_.height(), 230U);
    EXPECT_EQ(service_.chain().tip(), other_.chain->tip());
    EXPECT_TRUE(status().in_sync);
    EXPECT_TRUE(status().runs_consensus);
    EXPECT_TRUE(service_.take<Misbehaved>().empty());
}

// Released nodes do not look at bytes that they have seen within the last minutes.
TEST_F(ServiceSync, TheSameQuestionIsAskedInOtherBytes) {
    other_.extend(5);
    std::set<std::uint64_t> expiries;
    for (std::size_t asked = 1; asked <= 3; ++asked) {
        claim(1);
        const auto requests = service_.sent<GetResourceMessage>(test_peer(1));
        ASSERT_EQ(requests.size(), 1U);
        EXPECT_EQ(requests[0].inventory.items, (std::vector<InventoryItem>{ledger::BlockByHeight{{1}}}));
        EXPECT_GT(requests[0].ttl, std::uint64_t{1} << 63);
        EXPECT_TRUE(expiries.insert(requests[0].ttl).second);
        service_.pass(std::chrono::seconds(120));
    }
}

TEST_F(ServiceSync, EndsThoughMessagesAreLostDoubledAndOutOfOrder) {
    other_.extend(120);
    std::vector<Block> late;
    const auto lossy = [&](const Block& block, const TestService::Send& send) {
        if (chance(20)) return;
        if (chance(20)) {
            late.push_back(block);
            return;
        }
        send(block);
        if (chance(20)) send(block);
    };
    for (int i = 0; i < 200 && is_behind(); ++i) {
        claim(1);
        claim(2);
        service_.serve(test_peer(1), other_, lossy);
        service_.serve(test_peer(2), other_, lossy);
        for (const Block& block : std::exchange(late, {})) service_.block(test_peer(2), block);
        service_.pass(std::chrono::seconds(1));
    }
    EXPECT_EQ(service_.height(), 120U);
    EXPECT_TRUE(status().in_sync);
}

TEST_F(ServiceSync, APeerThatSendsWrongBlocksIsLeftAside) {
    other_.extend(60);
    const auto wrong = [&](const Block& block, const TestService::Send& send) {
        Block changed = block;
        // A first good one, so that it is believed.
        if (block.header.height > ledger::Height{1}) {
            changed.header.seed.bytes[0] ^= 1U;
            TestNetwork::seal(changed);
        }
        send(changed);
    };
    claim(1);
    service_.serve(test_peer(1), other_, wrong);
    claim(2);
    for (int i = 0; i < 40 && is_behind(); ++i) {
        service_.serve(test_peer(1), other_, wrong);
        service_.serve(test_peer(2), other_);
        service_.pass(std::chrono::seconds(1));
    }
    EXPECT_EQ(service_.height(), 60U);
    const auto blamed = service_.take<Misbehaved>();
    ASSERT_FALSE(blamed.empty());
    for (const auto& one : blamed) EXPECT_EQ(one.peer, test_peer(1));
    EXPECT_TRUE(status().in_sync);
}

TEST_F(ServiceSync, WhoOnlyClaimsStopsNobody) {
    other_.extend(200);
    claim(1);
    for (int i = 0; i < 30; ++i) {
        claim(1);
        service_.pass(std::chrono::seconds(1));
        EXPECT_TRUE(status().in_sync);
        EXPECT_TRUE(status().runs_consensus);
    }
    // One that delivers half of what it claims holds us up for seconds only.
    for (int i = 0; i < 60; ++i) {
        claim(2);
        service_.serve(test_peer(2), other_, [&](const Block& block, const TestService::Send& send) {
            if (block.header.height <= ledger::Height{100}) send(block);
        });
        service_.pass(std::chrono::seconds(1));
    }
    EXPECT_EQ(service_.height(), 100U);
    EXPECT_TRUE(status().in_sync);
    EXPECT_FALSE(service_.take<Misbehaved>().empty());
}

TEST_F(ServiceSync, HeightsThatCannotBeAreNotBelieved) {
    const ledger::ConsensusHeader header{{}, 10'000'000, 0};
    service_.receive(test_peer(1), ledger::QuorumMessage{header, {}});
    Block block = other_.make();
    block.header.height = {9'000'000};
    TestNetwork::seal(block);
    service_.block(test_peer(1), block);
    EXPECT_EQ(status().best_claim, ledger::Height{0});
    EXPECT_TRUE(service_.sent<GetResourceMessage>(test_peer(1)).empty());
}

TEST_F(ServiceSync, ManyClaimsTakeLittleRoom) {
    other_.extend(20);
    for (int i = 0; i < 250; ++i) claim(static_cast<std::uint8_t>(i));
    std::size_t asked = 0;
    for (int i = 0; i < 250; ++i) {
        asked += service_.sent<GetResourceMessage>(test_peer(static_cast<std::uint8_t>(i))).size();
    }
    EXPECT_EQ(asked, Sync::kMostProbes);
}

// What others vote while the node is busy catching up is there when it joins them.
TEST_F(ServiceSync, VotesThatComeMeanwhileAreKept) {
    other_.extend(50);
    claim(1);
    service_.block(test_peer(1), block_at(1));
    ASSERT_FALSE(status().runs_consensus);
    TestNode same(network_);
    ASSERT_TRUE(same.accept(block_at(1)));
    const Block block = same.make();
    const ledger::ConsensusHeader header = consensus_header(block.header);
    const ledger::Vote vote = ledger::Vote::valid(block.header.hash);
    service_.actions.clear();
    Block candidate = block;
    candidate.header.attestation = {};
    service_.receive(test_peer(2), ledger::CandidateMessage{candidate});
    std::size_t sent = 1;
    for (const auto step : {ledger::VotingStep::validation, ledger::VotingStep::ratification}) {
        for (const auto& member : same.chain->head().committees->voters(0, step).members()) {
            const ledger::SignInfo info{member.key,
                                        HashSignatures::sign(member.bytes, signed_vote(header, step, vote))};
            if (step == ledger::VotingStep::validation) {
                service_.receive(test_peer(2), ledger::ValidationMessage{header, vote, info});
            } else {
                ledger::RatificationMessage message{.header = header, .vote = vote, .sign_info = info};
                message.validation_result = {block.header.attestation.validation, vote, ledger::QuorumType::valid};
                service_.receive(test_peer(2), message);
            }
            ++sent;
        }
    }
    // With a signature that does not hold: not handed on.
    ledger::ValidationMessage forged{header, vote, {network_.keys[0].key, {}}};
    service_.receive(test_peer(2), forged);
    EXPECT_EQ(service_.take<Broadcast>().size(), sent);
    EXPECT_EQ(service_.height(), 1U);
    EXPECT_FALSE(status().runs_consensus);

    service_.pass(Sync::kLongestPause + std::chrono::seconds(1));
    EXPECT_EQ(service_.height(), 2U);
    EXPECT_EQ(service_.chain().tip().hash, block.header.hash);
    EXPECT_TRUE(status().runs_consensus);
}

TEST_F(ServiceSync, ACandidateOnOurTipEndsIt) {
    other_.extend(50);
    claim(1);
    service_.block(test_peer(1), block_at(1));
    EXPECT_FALSE(status().in_sync);
    other_.events.clear();
    TestNode same(network_);
    ASSERT_TRUE(same.accept(block_at(1)));
    const auto now = static_cast<std::uint64_t>(
        std::chrono::floor<std::chrono::seconds>(service_.now.wall.time_since_epoch()).count());
    const std::uint64_t later = now - same.chain->tip().timestamp - TestNetwork::kBlockTime;
    const Block stale = same.make({.later = later - 60, .attested = false});
    service_.receive(test_peer(2), ledger::CandidateMessage{stale});
    EXPECT_FALSE(status().in_sync);
    Block forged = same.make({.later = later, .attested = false});
    forged.header.seed.bytes[0] ^= 1U;
    TestNetwork::seal(forged);
    service_.receive(test_peer(2), ledger::CandidateMessage{forged});
    EXPECT_FALSE(status().in_sync);
    service_.receive(test_peer(2), ledger::CandidateMessage{same.make({.later = later, .attested = false})});
    EXPECT_TRUE(status().in_sync);
    EXPECT_TRUE(status().runs_consensus);
}

}  // namespace
}  // namespace dusk::chain
