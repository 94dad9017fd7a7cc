// Consensus signatures by BLS12-381: multisignatures of version 2 (spec/consensus.md §2).
#pragma once

#include <deque>
#include <map>
#include <vector>

#include "consensus/signatures.hpp"
#include "crypto/bls_key_cache.hpp"

namespace dusk::consensus {

// Keeps weighted keys, so that a committee's key costs one addition for each member, and remembers what it found, so
// that a vote or quorum that comes again costs a hash. All of it is bounded: the oldest go first, and what is bad takes
// no room from what is good. For one thread at a time.
class BlsSignatures final : public Signatures {
  public:
    struct Limits {
        std::size_t keys = 8192;          // about 0.6 kB each
        std::size_t signatures = 65'536;  // about 0.1 kB each
        std::size_t bad = 4096;           // the same
    };

    BlsSignatures() : BlsSignatures(Limits{}) {}
    explicit BlsSignatures(const Limits& limits) : keys_(limits.keys), good_(limits.signatures), bad_(limits.bad) {}

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

    // Whether it was looked at lately and is bad.
    [[nodiscard]] bool knows_bad(const Claim& claim) const;
    // How many signatures were found bad so far; one that comes again is counted once while it is remembered.
    [[nodiscard]] std::uint64_t found_bad() const { return found_bad_; }
    [[nodiscard]] std::size_t remembered() const { return good_.size(); }

  private:
    using Name = ByteArray<32>;  // of keys, signature and message

    [[nodiscard]] static Name name_of(std::span<const crypto::BlsPublicKey> keys,
                                      const ledger::SignatureBytes& signature, ByteView message);
    using Verdict = Result<void, crypto::BlsError>;
    class Memory {
      public:
        explicit Memory(std::size_t most) : most_(most) {}

        // Null where it is not remembered.
        [[nodiscard]] const Verdict* find(const Name& name) const;
        void put(const Name& name, const Verdict& verdict);
        [[nodiscard]] std::size_t size() const { return verdicts_.size(); }

      private:
        std::size_t most_;
        std::map<Name, Verdict> verdicts_;
        std::deque<std::map<Name, Verdict>::const_iterator> by_age_;
    };

    [[nodiscard]] const Verdict* known(const Name& name) const;
    void remember(const Name& name, const Verdict& verdict);
    [[nodiscard]] Verdict look_at(std::span<const crypto::BlsPublicKey> keys, const ledger::SignatureBytes& signature,
                                  ByteView message);

    crypto::BlsKeyCache keys_;
    Memory good_;
    Memory bad_;
    std::uint64_t found_bad_ = 0;
};

}  // namespace dusk::consensus
