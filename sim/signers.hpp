// Who signs for the nodes of a simulation: with real keys or with keyed hashes.
#pragma once

#include "sim/keyed_signatures.hpp"
#include "sim/keys.hpp"
#include "storage/signing_journal.hpp"

namespace dusk::sim {

// Signs whatever it is asked to.
class PlainSigner {
  public:
    // Both outlive it; `keyed` is null where signatures are real.
    PlainSigner(const SimKey& key, const KeyedSignatures* keyed) : key_(key), keyed_(keyed) {}

    [[nodiscard]] const crypto::BlsPublicKey& key() const { return key_.key; }
    [[nodiscard]] ledger::SignatureBytes sign(ByteView message) const {
        if (keyed_ != nullptr) return keyed_->sign(key_.key, message);
        return {key_.secret.sign_multisig(key_.key, message).to_bytes()};
    }

  private:
    const SimKey& key_;
    const KeyedSignatures* keyed_;
};

// With the node's own signing journal before it, which keeps honest nodes from signing two things.
class SimSigner final : public consensus::Signer {
  public:
    // `plain` outlives it; `journal` may be null.
    SimSigner(const PlainSigner& plain, std::unique_ptr<storage::SigningJournal> journal)
        : plain_(plain), journal_(std::move(journal)) {}

    [[nodiscard]] const crypto::BlsPublicKey& key() const override { return plain_.key(); }
    [[nodiscard]] Result<ledger::SignatureBytes, consensus::SigningError> sign(const consensus::SigningSlot& slot,
                                                                               ByteView message) override {
        if (journal_ != nullptr) {
            if (const auto permitted = journal_->permit(slot, message); !permitted) return fail(permitted.error());
        }
        return plain_.sign(message);
    }
    [[nodiscard]] ledger::Seed sign_seed(const ledger::Seed& previous) override {
        return {plain_.sign(previous.bytes).bytes};
    }

  private:
    const PlainSigner& plain_;
    std::unique_ptr<storage::SigningJournal> journal_;
};

}  // namespace dusk::sim
