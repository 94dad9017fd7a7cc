// Provisioners with keys of their own who make blocks on whatever they are told, for tests. Signatures are keyed
// hashes: as strict as real ones for those who do not cheat, and a thousand times as fast.
#pragma once

#include <map>

#include "chain/chain.hpp"
#include "chain/test_states.hpp"
#include "chain/test_store.hpp"
#include "consensus/test_keys.hpp"
#include "crypto/chacha_rng.hpp"

namespace dusk::chain {

class HashSignatures final : public consensus::Signatures {
  public:
    static ledger::SignatureBytes sign(const ledger::KeyBytes& key, ByteView message) {
        Writer out;
        key.write(out);
        out.bytes(message);
        const auto half = crypto::sha3_256(out.view());
        ledger::SignatureBytes signature;
        std::ranges::copy(half, signature.bytes.begin());
        std::ranges::copy_n(half.begin(), 16, signature.bytes.begin() + 32);
        return signature;
    }
    int verified = 0;

    Result<void, crypto::BlsError> verify(std::span<const crypto::BlsPublicKey> keys,
                                          const ledger::SignatureBytes& signature, ByteView message) override {
        ++verified;
        if (keys.empty()) return fail(crypto::BlsError::no_keys);
        ledger::SignatureBytes sum{};
        for (const auto& key : keys) sum = *add(sum, sign({key.to_bytes()}, message));
        if (sum != signature) return fail(crypto::BlsError::invalid_signature);
        return {};
    }
    std::optional<ledger::SignatureBytes> add(const ledger::SignatureBytes& a,
                                              const ledger::SignatureBytes& b) override {
        ledger::SignatureBytes out;
        for (std::size_t i = 0; i < out.bytes.size(); ++i) {
            out.bytes[i] = static_cast<std::uint8_t>(a.bytes[i] ^ b.bytes[i]);
        }
        return out;
    }
};

// Says nothing: there are no transactions in these tests but those of blocks.
class EmptyPool final : public TransactionPool {
  public:
    std::vector<ledger::LedgerTransaction> pooled;
    bool has(const ledger::TransactionId& id) override { return transaction(id).has_value(); }
    std::optional<ledger::LedgerTransaction> transaction(const ledger::TransactionId& id) override {
        for (const auto& one : pooled) {
            if (one.id() == id) return one;
        }
        return {};
    }
    std::vector<ledger::TransactionId> ids(std::size_t most) override {
        std::vector<ledger::TransactionId> out;
        for (const auto& one : pooled) {
            if (out.size() < most) out.push_back(one.id());
        }
        return out;
    }
};

class TestNetwork {
  public:
    static constexpr std::uint64_t kGenesisTime = 1'000'000;
    static constexpr std::uint64_t kBlockTime = 10;

    explicit TestNetwork(std::size_t count = 5) : keys(consensus::test_keys(count)) {
        genesis.header = ledger::genesis_header({crypto::sha3_256(as_bytes("genesis"))}, kGenesisTime);
        for (const auto& key : keys) {
            stakes.set({key.key, {ledger::Lux{10 * consensus::kMinimumStake.value}}, {0}});
        }
    }

    std::vector<consensus::TestKey> keys;
    ledger::Block genesis;
    consensus::Provisioners stakes;
    StakeScript script;

    // What all members of both committees sign.
    [[nodiscard]] static ledger::Attestation attest(const ledger::ConsensusHeader& header, const ledger::Vote& vote,
                                                    consensus::RoundCommittees& committees) {
        const auto step = [&](ledger::VotingStep which) {
            const auto members = committees.voters(header.iteration, which).members();
            ledger::StepVotes out;
            HashSignatures sum;
            for (std::size_t i = 0; i < members.size(); ++i) {
                out.voters |= std::uint64_t{1} << i;
                out.signature =
                    *sum.add(out.signature, HashSignatures::sign(members[i].bytes, signed_vote(header, which, vote)));
            }
            return out;
        };
        return {ledger::RatificationResult::of(vote), step(ledger::VotingStep::validation),
                step(ledger::VotingStep::ratification)};
    }

    struct Wish {
        std::uint8_t iteration = 0;
        std::uint64_t later = 0;   // seconds after the earliest time
        bool shows_failed = true;  // iterations before this one
        bool attested = true;
    };
    // A block on `head` that everybody takes.
    [[nodiscard]] static ledger::Block block_on(const Head& head, const Wish& wish) {
        ledger::Block out;
        ledger::BlockHeader& header = out.header;
        header.version = ledger::BlockHeader::kVersion;
        header.height = {head.tip.height.value + 1};
        header.timestamp = head.tip.timestamp + kBlockTime + wish.later;
        header.prev_block_hash = head.tip.hash;
        header.iteration = wish.iteration;
        header.generator = head.committees->generator(wish.iteration)->bytes;
        header.seed = {HashSignatures::sign(header.generator, head.tip.seed.bytes).bytes};
        header.gas_limit = {3'000'000'000};
        header.prev_block_certificate = head.tip.attestation;
        for (std::uint8_t i = 0; wish.shows_failed && i < std::min<std::uint8_t>(wish.iteration, 8); ++i) {
            const ledger::ConsensusHeader failed{head.tip.hash, header.height.value, i};
            header.failed_iterations.iterations.push_back(ledger::FailedIteration{
                attest(failed, ledger::Vote::no_candidate(), *head.committees), head.committees->generator(i)->bytes});
        }
        header.state_root = TestStates::root_of(out, head.tip.state_root);
        seal(out);
        if (wish.attested) out.header.attestation = attestation_of(out, head);
        return out;
    }
    // Hash and signature of what the header says now.
    static void seal(ledger::Block& block) {
        block.header.hash = block.header.content_hash();
        block.header.signature = HashSignatures::sign(block.header.generator, block.header.hash.bytes);
    }
    [[nodiscard]] static ledger::Attestation attestation_of(const ledger::Block& block, const Head& head) {
        return attest(consensus_header(block.header), ledger::Vote::valid(block.header.hash), *head.committees);
    }
};

// Whose disk is `store` and `states`: copied, it is what a crash leaves.
struct TestDisk {
    explicit TestDisk(const TestNetwork& network) : states(network.genesis.header.state_root, network.stakes) {
        states.script = network.script;
    }
    TestStore store;
    TestStates states;
};

}  // namespace dusk::chain
