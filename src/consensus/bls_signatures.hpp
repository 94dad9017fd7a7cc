// Consensus signatures by BLS12-381: multisignatures of version 2 (spec/consensus.md §2).
#pragma once

#include <deque>
#include <set>
#include <vector>

#include "consensus/signatures.hpp"
#include "crypto/bls_key_cache.hpp"

namespace dusk::consensus {

// Keeps weighted keys, so that a committee's key costs one addition for each member, and remembers what it found good,
// so that a vote or quorum that comes again costs a hash. Both are bounded: the oldest go first. For one thread at a
// time.
class BlsSignatures final : public Signatures {
  public:
    struct Limits {
        std::size_t keys = 8192;          // about 0.6 kB each
        std::size_t signatures = 65'536;  // about 0.1 kB each
    };

    BlsSignatures() : BlsSignatures(Limits{}) {}
    explicit BlsSignatures(const Limits& limits) : keys_(limits.keys), most_signatures_(limits.signatures) {}

    using Signatures::verify;
    [[nodiscard]] Result<void, crypto::BlsError> verify(std::span<const crypto::BlsPublicKey> keys,
                                                        const ledger::SignatureBytes& signature,
                                                        ByteView message) override;
    [[nodiscard]] std::optional<ledger::SignatureBytes> add(const ledger::SignatureBytes& a,
                                                            const ledger::SignatureBytes& b) override;

    // One verdict per claim, the same as that of `verify` each, for a fraction of the time where many share a message;
    // afterwards `verify` knows the good ones. What `random` is for: crypto/bls_batch.hpp.
    [[nodiscard]] std::vector<Result<void, crypto::BlsError>> verify_votes(std::span<const Claim> claims,
                                                                           RandomSource& random);
    void verify_ahead(std::span<const Claim> claims, RandomSource& random) override {
        static_cast<void>(verify_votes(claims, random));
    }

    [[nodiscard]] std::size_t remembered() const { return good_.size(); }

  private:
    using Name = ByteArray<32>;  // of keys, signature and message

    [[nodiscard]] static Name name_of(std::span<const crypto::BlsPublicKey> keys,
                                      const ledger::SignatureBytes& signature, ByteView message);
    void remember(const Name& name);

    crypto::BlsKeyCache keys_;
    std::size_t most_signatures_;
    std::set<Name> good_;
    std::deque<std::set<Name>::const_iterator> by_age_;
};

}  // namespace dusk::consensus
