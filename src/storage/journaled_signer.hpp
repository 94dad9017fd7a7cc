// The provisioner's key with its signing journal: nothing is signed that is not written down before.
#pragma once

#include "base/clock.hpp"
#include "storage/signing_journal.hpp"

namespace dusk::storage {

// For one thread at a time. The secret key is wiped with the object.
class JournaledSigner final : public consensus::Signer {
  public:
    // Disk and clock outlive this. `wait`: how long to sign nothing, from now on and whenever `saw` finds that another
    // node signs with this key. Errors: as of SigningJournal::open.
    [[nodiscard]] static StorageResult<std::unique_ptr<JournaledSigner>> open(JournalDisk& disk,
                                                                              crypto::BlsSecretKey secret,
                                                                              const Clock& clock,
                                                                              std::chrono::nanoseconds wait = {});

    [[nodiscard]] const crypto::BlsPublicKey& key() const override { return key_; }
    // Errors: conflict, not_stored, waiting. About 1 ms and one write to the disk.
    [[nodiscard]] Result<ledger::SignatureBytes, consensus::SigningError> sign(const consensus::SigningSlot& slot,
                                                                               ByteView message) override;
    [[nodiscard]] ledger::Seed sign_seed(const ledger::Seed& previous) override;

    // A message came from the network that this key has signed: the caller has verified that. Whether it is news, so
    // that another node signs with the key, or this one did before its journal was restored from a copy. It counts as
    // signed here from then on, and the wait begins anew. What is older than the last thing signed here is no news.
    bool saw(const consensus::SigningSlot& slot, ByteView message);

    [[nodiscard]] const SigningJournal& journal() const { return *journal_; }

  private:
    JournaledSigner(std::unique_ptr<SigningJournal> journal, crypto::BlsSecretKey secret,
                    const crypto::BlsPublicKey& key, const Clock& clock, std::chrono::nanoseconds wait);
    [[nodiscard]] ByteArray<48> signature_of(ByteView message) const;

    std::unique_ptr<SigningJournal> journal_;
    crypto::BlsSecretKey secret_;
    crypto::BlsPublicKey key_;
    const Clock* clock_;
    std::chrono::nanoseconds wait_;
    MonotonicTime wait_until_;
};

}  // namespace dusk::storage
