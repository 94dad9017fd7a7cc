// Provisioners, signatures and blocks for tests: signatures are keyed hashes that add up, so that thousands of them
// cost nothing. Anybody can make them; only tests may use them.
#pragma once

#include <map>
#include <set>

#include "consensus/quorum.hpp"
#include "consensus/round.hpp"
#include "crypto/chacha_rng.hpp"
#include "crypto/keccak.hpp"

namespace dusk::consensus {

// Six words, each the sum of those of the shares.
class KeyedHashSignatures final : public Signatures {
  public:
    using Signatures::verify;
    [[nodiscard]] Result<void, crypto::BlsError> verify(std::span<const crypto::BlsPublicKey> keys,
                                                        const ledger::SignatureBytes& signature,
                                                        ByteView message) override {
        ++checks;
        if (keys.empty()) return fail(crypto::BlsError::no_keys);
        ledger::SignatureBytes sum{};
        for (const auto& key : keys) sum = plus(sum, share(key, message));
        if (sum != signature) return fail(crypto::BlsError::invalid_signature);
        return {};
    }
    [[nodiscard]] std::optional<ledger::SignatureBytes> add(const ledger::SignatureBytes& a,
                                                            const ledger::SignatureBytes& b) override {
        return plus(a, b);
    }
    [[nodiscard]] static ledger::SignatureBytes share(const crypto::BlsPublicKey& key, ByteView message) {
        Writer input;
        input.bytes(key.to_bytes()).bytes(message);
        ledger::SignatureBytes out;
        const auto digest = crypto::sha3_256(input.view());
        const auto more = crypto::sha3_256(digest);
        std::ranges::copy(digest, out.bytes.begin());
        std::copy_n(more.begin(), 16, out.bytes.begin() + 32);
        return out;
    }
    std::size_t checks = 0;

  private:
    static ledger::SignatureBytes plus(const ledger::SignatureBytes& a, const ledger::SignatureBytes& b) {
        ledger::SignatureBytes out;
        for (std::size_t i = 0; i < 48; i += 8) {
            store_le(out.bytes.data() + i,
                     load_le<std::uint64_t>(a.bytes.data() + i) + load_le<std::uint64_t>(b.bytes.data() + i));
        }
        return out;
    }
};

// A key with a journal in memory: refuses to sign two things for one step.
class TestSigner final : public Signer {
  public:
    explicit TestSigner(crypto::BlsPublicKey key) : key_(std::move(key)) {}

    [[nodiscard]] const crypto::BlsPublicKey& key() const override { return key_; }
    [[nodiscard]] Result<ledger::SignatureBytes, SigningError> sign(const SigningSlot& slot,
                                                                    ByteView message) override {
        if (refusal) return fail(*refusal);
        const auto [entry, is_new] = journal.try_emplace(slot, to_vector(message));
        if (!is_new && !equal(entry->second, message)) return fail(SigningError::conflict);
        return KeyedHashSignatures::share(key_, message);
    }
    [[nodiscard]] ledger::Seed sign_seed(const ledger::Seed& previous) override {
        return {KeyedHashSignatures::share(key_, previous.bytes).bytes};
    }

    std::optional<SigningError> refusal{};
    std::map<SigningSlot, Bytes> journal{};

  private:
    crypto::BlsPublicKey key_;
};

[[nodiscard]] inline crypto::BlsPublicKey test_key(std::uint64_t number) {
    static std::map<std::uint64_t, crypto::BlsPublicKey> keys;
    const auto known = keys.find(number);
    if (known != keys.end()) return known->second;
    crypto::ChaChaRng random(number);
    return keys.emplace(number, crypto::BlsSecretKey::random(random).public_key()).first->second;
}

// So many, of equal stake, with `test_key(0)` and up.
[[nodiscard]] inline Provisioners test_provisioners(std::size_t count) {
    Provisioners out;
    for (std::size_t i = 0; i < count; ++i) out.set({test_key(i), {1'000'000 * ledger::kLuxPerDusk}, {0}});
    return out;
}

// The header of a block that rounds of tests build on.
[[nodiscard]] inline ledger::BlockHeader test_tip(std::uint64_t height, std::uint64_t timestamp, std::uint64_t seed) {
    crypto::ChaChaRng random(seed);
    ledger::BlockHeader out{.version = ledger::BlockHeader::kVersion, .height = {height}, .timestamp = timestamp};
    random.fill(out.seed.bytes);
    out.hash = out.content_hash();
    return out;
}

// What a node builds on a tip: an empty block, not signed. `salt` makes it another one.
[[nodiscard]] inline ledger::Block test_block(const ledger::BlockHeader& tip, const BuildCandidate& wanted,
                                              const crypto::BlsPublicKey& generator, std::uint64_t timestamp,
                                              std::uint64_t salt = 0) {
    ledger::Block out;
    out.header.version = ledger::BlockHeader::kVersion;
    out.header.height = {wanted.header.round};
    out.header.iteration = wanted.header.iteration;
    out.header.prev_block_hash = tip.hash;
    out.header.prev_block_certificate = tip.attestation;
    out.header.timestamp = timestamp;
    out.header.generator = {generator.to_bytes()};
    out.header.seed = {KeyedHashSignatures::share(generator, tip.seed.bytes).bytes};
    out.header.failed_iterations = wanted.failed;
    out.header.gas_limit = {salt};
    out.header.hash = out.header.content_hash();
    return out;
}

}  // namespace dusk::consensus
