#include "storage/signing_journal.hpp"

#include <algorithm>

#include "crypto/blake3.hpp"

namespace dusk::storage {

using consensus::SigningError;
using consensus::SigningSlot;

StorageResult<std::unique_ptr<SigningJournal>> SigningJournal::open(JournalDisk& disk, const crypto::BlsPublicKey& key,
                                                                    const JournalLimits& limits) {
    std::unique_ptr<SigningJournal> out(new SigningJournal(disk, limits));
    const auto bytes = out->disk_->read();
    if (!bytes) return fail(bytes.error());
    const auto fingerprint = crypto::blake3(key.to_bytes());
    if (bytes->empty()) {
        if (auto begun = out->rewrite({.key = fingerprint}); !begun) return fail(begun.error());
    } else {
        auto content = JournalContent::parse(*bytes);
        if (!content) return fail(content.error());
        if (content->key != fingerprint) {
            return fail(
                StorageFailure{StorageError::other_key,
                               "the signing journal belongs to another key: give each key a journal of its own"});
        }
        out->end_ = bytes->size();
        out->content_ = std::move(*content);
        if (out->content_.torn) {
            if (auto whole = out->rewrite(out->content_); !whole) return fail(whole.error());
        }
    }
    for (const auto& [slot, message] : out->content_.all) {
        out->highest_round_ = std::max(out->highest_round_, slot.header.round);
    }
    out->compact_from_ = std::max(limits.compact_from, 2 * out->size());
    return out;
}

StorageResult<void> SigningJournal::rewrite(const JournalContent& content) {
    const Bytes bytes = content.to_bytes();
    if (auto written = disk_->replace(bytes); !written) return written;
    content_ = content;
    content_.torn = false;
    end_ = bytes.size();
    return {};
}

bool SigningJournal::knows(const SigningSlot& slot, ByteView message) const {
    const auto found = content_.all.find(slot);
    return found != content_.all.end() && found->second == crypto::blake3(message);
}

Result<void, SigningError> SigningJournal::permit(const SigningSlot& slot, ByteView message) {
    if (knows(slot, message)) return {};
    if (content_.all.contains(slot) || slot.header.round < content_.lowest_round) return fail(SigningError::conflict);
    const auto digest = crypto::blake3(message);
    const Bytes record = journal_record(content_, end_, slot, digest);
    if (auto written = disk_->append(record); !written) {
        failure_ = written.error();
        return fail(SigningError::not_stored);
    }
    end_ += record.size();
    content_.all.emplace(slot, digest);
    highest_round_ = std::max(highest_round_, slot.header.round);
    if (size() >= compact_from_) compact();
    return {};
}

void SigningJournal::compact() {
    JournalContent left = content_;
    left.lowest_round = std::max(left.lowest_round, highest_round_ - std::min(highest_round_, limits_.kept_rounds));
    std::erase_if(left.all, [&](const auto& entry) { return entry.first.header.round < left.lowest_round; });
    // What failed here is tried again later: the journal is whole as it is.
    if (const auto written = rewrite(left); !written) failure_ = written.error();
    compact_from_ = std::max(limits_.compact_from, 2 * size());
}

}  // namespace dusk::storage
