// The bytes of a signing journal: what was signed, one record after the other.
//
// Head, 68 bytes: magic 8 ‖ version u32 ‖ BLAKE3 of the key's 96 bytes 32 ‖ lowest round u64 ‖ check 16.
// Record, 90 bytes: previous block hash 32 ‖ round u64 ‖ iteration 1 ‖ step 1 ‖ BLAKE3 of the message 32 ‖ check 16.
// Integers are little-endian. Checks are the first bytes of a BLAKE3: of the head's fields; of the head's check, the
// record's place in the file u64 and its fields. So no record of another journal or place passes.
#pragma once

#include <map>

#include "consensus/signatures.hpp"
#include "storage/storage_failure.hpp"

namespace dusk::storage {

struct JournalContent {
    static constexpr std::uint32_t kVersion = 1;
    static constexpr std::size_t kHeadSize = 68;
    static constexpr std::size_t kRecordSize = 90;
    using Digest = ByteArray<32>;
    using Signed = std::map<consensus::SigningSlot, Digest>;

    Digest key{};
    std::uint64_t lowest_round = 0;  // nothing is known of the rounds below
    Signed all{};
    bool torn = false;  // the last record is not whole: it was being written when the process or the power ended

    // Linear in the bytes. A last record is taken for one that was being written where bytes of it are missing, or
    // what lies in a sector of 512 bytes is all zeros; any other record that does not pass is damage.
    // Errors: not_a_store, unknown_version, damaged.
    [[nodiscard]] static StorageResult<JournalContent> parse(ByteView bytes);
    // Without anything torn.
    [[nodiscard]] Bytes to_bytes() const;
};

// The record that stands at `offset` of a journal with the head of `content`.
[[nodiscard]] Bytes journal_record(const JournalContent& content, std::uint64_t offset,
                                   const consensus::SigningSlot& slot, const JournalContent::Digest& message);

}  // namespace dusk::storage
