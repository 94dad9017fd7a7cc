// What a key has signed, kept so that it never signs two different things for one purpose: also not after a crash at
// any instant, with a restored or deleted database, or from two processes at once.
#pragma once

#include <memory>
#include <optional>

#include "storage/journal_content.hpp"
#include "storage/journal_disk.hpp"

namespace dusk::storage {

struct JournalLimits {
    std::uint64_t kept_rounds = 1000;  // below the highest, of which everything is known
    std::size_t compact_from = 8192;   // records, before old ones go
};

// For one thread at a time.
class SigningJournal {
  public:
    // Of this key. Where there is nothing, a journal begins. The disk outlives it.
    // Errors: io, no_space, not_a_store, unknown_version, damaged, other_key.
    [[nodiscard]] static StorageResult<std::unique_ptr<SigningJournal>> open(JournalDisk& disk,
                                                                             const crypto::BlsPublicKey& key,
                                                                             const JournalLimits& limits = {});

    // Whether the message may be signed for this slot. It may when the same was before, or nothing was; then that it is
    // now is on the disk when this returns. Errors: conflict, also for rounds that lie too far back; not_stored.
    [[nodiscard]] Result<void, consensus::SigningError> permit(const consensus::SigningSlot& slot, ByteView message);
    [[nodiscard]] bool knows(const consensus::SigningSlot& slot, ByteView message) const;
    // Why the last record could not be written, for people.
    [[nodiscard]] const std::optional<StorageFailure>& failure() const { return failure_; }

    [[nodiscard]] std::size_t size() const { return content_.all.size(); }
    // Nothing is permitted below the first of these; the second is the highest that something was signed in.
    [[nodiscard]] std::uint64_t lowest_round() const { return content_.lowest_round; }
    [[nodiscard]] std::uint64_t highest_round() const { return highest_round_; }

  private:
    SigningJournal(JournalDisk& disk, const JournalLimits& limits) : disk_(&disk), limits_(limits) {}
    void compact();
    // Writes all anew.
    [[nodiscard]] StorageResult<void> rewrite(const JournalContent& content);

    JournalDisk* disk_;
    JournalLimits limits_;
    JournalContent content_;
    std::uint64_t end_ = 0;  // bytes of the journal
    std::size_t compact_from_ = 0;
    std::uint64_t highest_round_ = 0;
    std::optional<StorageFailure> failure_;
};

}  // namespace dusk::storage
