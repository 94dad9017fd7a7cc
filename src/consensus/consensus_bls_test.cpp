// A round with the signatures of the network.
#include <gmock/gmock.h>

#include "consensus/bls_signatures.hpp"
#include "consensus/consensus.hpp"
#include "consensus/test_committee.hpp"

namespace dusk::consensus {
namespace {

using namespace std::chrono_literals;

class BlsSigner final : public Signer {
  public:
    explicit BlsSigner(crypto::BlsSecretKey secret) : secret_(std::move(secret)), key_(secret_.public_key()) {}
    [[nodiscard]] const crypto::BlsPublicKey& key() const override { return key_; }
    [[nodiscard]] Result<ledger::SignatureBytes, SigningError> sign(const SigningSlot&, ByteView message) override {
        return ledger::SignatureBytes{secret_.sign_multisig(key_, message).to_bytes()};
    }
    [[nodiscard]] ledger::Seed sign_seed(const ledger::Seed& previous) override {
        return {secret_.sign_multisig(key_, previous.bytes).to_bytes()};
    }

  private:
    crypto::BlsSecretKey secret_;
    crypto::BlsPublicKey key_;
};

TEST(ConsensusWithBls, AgreesOnABlock) {
    constexpr std::size_t kNodes = 6;
    crypto::ChaChaRng random(1);
    BlsSignatures signatures;
    Provisioners provisioners;
    std::vector<std::unique_ptr<BlsSigner>> signers;
    for (std::size_t i = 0; i < kNodes; ++i) {
        signers.push_back(std::make_unique<BlsSigner>(crypto::BlsSecretKey::random(random)));
        provisioners.set({signers.back()->key(), {1'000'000 * ledger::kLuxPerDusk}, {0}});
    }
    const ledger::BlockHeader tip = test_tip(10, 1'700'000'000, 5);
    const auto committees = std::make_shared<RoundCommittees>(provisioners, tip.seed, ledger::Height{11});
    std::vector<std::unique_ptr<Consensus>> machines;
    Now now{WallTime(1'700'000'010s), {}};
    std::vector<MessagePtr> quorums(kNodes);
    // Messages arrive at once, one after the other.
    std::vector<std::pair<std::size_t, MessagePtr>> waiting;
    const auto carry_out = [&](std::size_t number) {
        for (Action& action : machines[number]->take_actions()) {
            if (const auto* broadcast = std::get_if<Broadcast>(&action)) {
                waiting.emplace_back(number, broadcast->message);
            } else if (const auto* agreed = std::get_if<BlockAgreed>(&action)) {
                quorums[number] = agreed->quorum;
            } else if (const auto* wanted = std::get_if<BuildCandidate>(&action)) {
                machines[number]->on_candidate_built(test_block(tip, *wanted, signers[number]->key(), 1'700'000'010),
                                                     now);
            } else if (const auto* judge = std::get_if<JudgeCandidate>(&action)) {
                machines[number]->on_candidate_judged(judge->block->header.hash, Verdict::valid, now);
            }
        }
    };
    for (std::size_t i = 0; i < kNodes; ++i) {
        machines.push_back(std::make_unique<Consensus>(ConsensusSettings{}, signatures, signers[i].get()));
        machines[i]->start({.tip = tip, .tip_voters = {}, .committees = committees, .timeouts = {7s, 7s, 7s}}, now);
    }
    bool is_quiet = false;
    std::set<std::pair<std::size_t, MessagePtr>> known;
    while (!is_quiet) {
        is_quiet = true;
        for (std::size_t i = 0; i < kNodes; ++i) {
            carry_out(i);
            carry_out(i);
        }
        for (auto& [from, message] : std::exchange(waiting, {})) {
            for (std::size_t i = 0; i < kNodes; ++i) {
                if (i == from || !known.emplace(i, message).second) continue;
                is_quiet = false;
                EXPECT_NE(machines[i]->on_message(message, now), MessageVerdict::rejected);
                carry_out(i);
            }
        }
    }
    for (std::size_t i = 0; i < kNodes; ++i) {
        ASSERT_TRUE(quorums[i]) << i;
        const auto& quorum = std::get<ledger::QuorumMessage>(quorums[i]->payload);
        BlsSignatures fresh;
        EXPECT_TRUE(verify_attestation(quorum.attestation, {tip.hash, 11, 0}, *committees, {}, fresh));
        EXPECT_TRUE(quorum.attestation.result.success);
    }
}

}  // namespace
}  // namespace dusk::consensus
