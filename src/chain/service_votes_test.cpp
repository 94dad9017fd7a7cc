// Votes that are verified together have the same effect as one by one, bad ones among them too. With real signatures.
#include <gmock/gmock.h>

#include "chain/service.hpp"
#include "chain/test_network.hpp"
#include "consensus/bls_signatures.hpp"

namespace dusk::chain {
namespace {

using ledger::ConsensusHeader;
using ledger::Vote;
using ledger::VotingStep;

class VotesTest : public testing::Test {
  protected:
    struct Follower {
        explicit Follower(const TestNetwork& network) : disk(network) {
            auto opened = ChainService::open({}, {&disk.store, &disk.states, &pool, &signatures, nullptr, &random},
                                             network.genesis);
            EXPECT_TRUE(opened);
            service = *std::move(opened);
        }
        TestDisk disk;
        EmptyPool pool;
        consensus::BlsSignatures signatures;
        crypto::ChaChaRng random{1};
        std::unique_ptr<ChainService> service;
    };

    VotesTest() {
        for (Follower* one : {&together_, &each_}) {
            one->service->start(now_);
            static_cast<void>(one->service->take_actions());
        }
    }
    [[nodiscard]] const consensus::TestKey& key_of(const ledger::KeyBytes& key) const {
        return *std::ranges::find(network_.keys, key, &consensus::TestKey::bytes);
    }
    [[nodiscard]] static MessagePtr vote_of(const consensus::TestKey& key, const ConsensusHeader& header) {
        ledger::ValidationMessage out{.header = header, .vote = Vote::no_candidate()};
        out.sign_info = {key.key, key.sign(out.signed_bytes())};
        return std::make_shared<const ledger::Message>(ledger::Message{.payload = std::move(out)});
    }
    [[nodiscard]] static MessagePtr with_signature_of(const MessagePtr& message, const MessagePtr& other) {
        auto out = std::get<ledger::ValidationMessage>(message->payload);
        out.sign_info.signature = std::get<ledger::ValidationMessage>(other->payload).sign_info.signature;
        return std::make_shared<const ledger::Message>(ledger::Message{.payload = std::move(out)});
    }
    static std::vector<MessagePtr> broadcast_by(ChainService& service) {
        std::vector<MessagePtr> out;
        for (const Action& action : service.take_actions()) {
            if (const auto* one = std::get_if<Broadcast>(&action)) out.push_back(one->message);
        }
        return out;
    }

    TestNetwork network_{12};
    Now now_{WallTime(std::chrono::seconds(TestNetwork::kGenesisTime + 1000)), MonotonicTime(std::chrono::hours(1))};
    Follower together_{network_};
    Follower each_{network_};
    ledger::SocketAddress peer_{ByteArray<4>{10, 0, 0, 1}, 9000};
    ConsensusHeader header_{network_.genesis.header.hash, 1, 0};
};

TEST_F(VotesTest, ABatchWithBadOnesSaysOfEachWhatItIs) {
    const auto members = each_.service->chain().head().committees->voters(0, VotingStep::validation).members();
    std::vector<MessagePtr> good;  // too few for a quorum
    std::uint32_t credits = 0;
    for (const auto& member : members.first(5)) {
        good.push_back(vote_of(key_of(member.bytes), header_));
        credits += member.credits;
    }
    ASSERT_LT(credits, consensus::majority(consensus::kCommitteeCredits));
    ConsensusHeader later = header_;
    later.round = 3;
    const MessagePtr of_later = vote_of(network_.keys[0], later);
    const auto* generator = each_.service->chain().head().committees->generator(0);
    std::vector<MessagePtr> sent(good.begin() + 2, good.end());
    sent.push_back(of_later);
    // Of no member; signatures of somebody else; and one that comes again.
    sent.push_back(vote_of(key_of(generator->bytes), header_));
    sent.insert(sent.begin() + 1, with_signature_of(good[0], good[1]));
    sent.push_back(with_signature_of(good[1], of_later));
    sent.push_back(good[3]);
    std::vector<MessagePtr> accepted(good.begin() + 2, good.end());
    accepted.push_back(of_later);

    together_.service->verify_votes(sent);
    EXPECT_EQ(together_.signatures.remembered(), accepted.size());
    for (Follower* one : {&together_, &each_}) {
        for (const MessagePtr& message : sent) one->service->on_message(peer_, message, now_);
        EXPECT_EQ(broadcast_by(*one->service), accepted);
        EXPECT_EQ(one->signatures.remembered(), accepted.size());
        EXPECT_EQ(one->service->consensus_status()->queued, accepted.size());
    }
    // What is known by now is not looked at again: those that wait for their step, and those that are counted.
    now_.wall += std::chrono::seconds(41);
    now_.steady += std::chrono::seconds(41);
    together_.service->on_time(now_);
    ASSERT_EQ(together_.service->consensus_status()->step, ledger::Step::validation);
    sent.push_back(good[0]);
    sent.push_back(good[1]);
    together_.service->verify_votes(sent);
    EXPECT_EQ(together_.signatures.remembered(), accepted.size() + 2);
}

}  // namespace
}  // namespace dusk::chain
