#include "storage/journaled_signer.hpp"

namespace dusk::storage {

using consensus::SigningError;
using consensus::SigningSlot;

JournaledSigner::JournaledSigner(std::unique_ptr<SigningJournal> journal, crypto::BlsSecretKey secret,
                                 const crypto::BlsPublicKey& key, const Clock& clock, std::chrono::nanoseconds wait)
    : journal_(std::move(journal)),
      secret_(std::move(secret)),
      key_(key),
      clock_(&clock),
      wait_(wait),
      wait_until_(clock.monotonic_time() + wait) {}

StorageResult<std::unique_ptr<JournaledSigner>> JournaledSigner::open(JournalDisk& disk, crypto::BlsSecretKey secret,
                                                                      const Clock& clock,
                                                                      std::chrono::nanoseconds wait) {
    const crypto::BlsPublicKey key = secret.public_key();
    auto journal = SigningJournal::open(disk, key);
    if (!journal) return fail(journal.error());
    return std::unique_ptr<JournaledSigner>(
        new JournaledSigner(std::move(*journal), std::move(secret), key, clock, wait));
}

ByteArray<48> JournaledSigner::signature_of(ByteView message) const {
    return secret_.sign_multisig(key_, message).to_bytes();
}

Result<ledger::SignatureBytes, SigningError> JournaledSigner::sign(const SigningSlot& slot, ByteView message) {
    if (clock_->monotonic_time() < wait_until_) return fail(SigningError::waiting);
    if (const auto permitted = journal_->permit(slot, message); !permitted) return fail(permitted.error());
    return ledger::SignatureBytes{signature_of(message)};
}

ledger::Seed JournaledSigner::sign_seed(const ledger::Seed& previous) { return {signature_of(previous.bytes)}; }

bool JournaledSigner::saw(const SigningSlot& slot, ByteView message) {
    // Or else anyone could make this node wait by repeating what it has signed long ago.
    if (journal_->knows(slot, message) || slot.header.round < journal_->highest_round()) return false;
    // Where something else was signed here, the two contradict each other already.
    (void)journal_->permit(slot, message);
    if (wait_.count() > 0) wait_until_ = clock_->monotonic_time() + wait_;
    return true;
}

}  // namespace dusk::storage
