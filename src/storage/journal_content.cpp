#include "storage/journal_content.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/writer.hpp"
#include "crypto/blake3.hpp"
#include "ledger/wire.hpp"

namespace dusk::storage {
namespace {

using consensus::SigningSlot;
using ledger::Step;
using Check = ByteArray<16>;

constexpr ByteArray<8> kMagic = {'D', 'U', 'S', 'K', 'S', 'I', 'G', 'N'};
constexpr std::uint64_t kSector = 512;

Check check_of(ByteView bytes) { return take<16>(crypto::blake3(bytes)); }

// The fields of the head, and their check.
Bytes head_of(const JournalContent& content) {
    Writer out(JournalContent::kHeadSize);
    out.bytes(kMagic).le(JournalContent::kVersion).bytes(content.key).le(content.lowest_round);
    out.bytes(check_of(out.view()));
    return std::move(out).finish();
}

Check record_check(ByteView head_check, std::uint64_t offset, ByteView fields) {
    Writer place;
    place.bytes(head_check).le(offset).bytes(fields);
    return check_of(place.view());
}

Bytes record_of(ByteView head_check, std::uint64_t offset, const SigningSlot& slot,
                const JournalContent::Digest& message) {
    Writer out(JournalContent::kRecordSize);
    slot.header.write(out);
    out.u8(static_cast<std::uint8_t>(slot.step)).bytes(message);
    out.bytes(record_check(head_check, offset, out.view()));
    return std::move(out).finish();
}

// Whether a write of these bytes at `offset` that did not come to its end may have left them so.
bool may_be_torn(ByteView bytes, std::uint64_t offset) {
    if (bytes.size() < JournalContent::kRecordSize) return true;
    if (bytes.size() > JournalContent::kRecordSize) return false;
    while (!bytes.empty()) {
        const std::uint64_t left = kSector - offset % kSector;
        const ByteView part = bytes.first(std::min<std::size_t>(bytes.size(), left));
        if (std::ranges::all_of(part, [](std::uint8_t byte) { return byte == 0; })) return true;
        bytes = bytes.subspan(part.size());
        offset += part.size();
    }
    return false;
}

StorageFailure damage_at(std::uint64_t offset) {
    return {
        StorageError::damaged,
        fmt::format("the signing journal is damaged at byte {}, so nobody knows what this key has signed: make sure "
                    "that no other node uses the key, wait until the network is 1000 blocks further, then move the "
                    "journal away",
                    offset)};
}

}  // namespace

StorageResult<JournalContent> JournalContent::parse(ByteView bytes) {
    if (bytes.size() < kHeadSize || !equal(bytes.first(kMagic.size()), kMagic)) {
        return fail(StorageFailure{StorageError::not_a_store, "this file is no signing journal"});
    }
    const ByteView head = bytes.first(kHeadSize);
    const ByteView head_check = head.last(16);
    if (!equal(head_check, check_of(head.first(kHeadSize - 16)))) return fail(damage_at(0));
    if (const auto version = load_le<std::uint32_t>(head.data() + 8); version != kVersion) {
        return fail(StorageFailure{StorageError::unknown_version,
                                   fmt::format("the signing journal has version {} and this program knows {}: use the "
                                               "program that wrote it",
                                               version, kVersion)});
    }
    JournalContent out{.key = take<32>(head.subspan(12)), .lowest_round = load_le<std::uint64_t>(head.data() + 44)};
    for (std::uint64_t offset = kHeadSize; offset < bytes.size(); offset += kRecordSize) {
        const ByteView rest = bytes.subspan(offset);
        const ByteView fields = rest.first(std::min(rest.size(), kRecordSize - 16));
        if (rest.size() < kRecordSize ||
            !equal(rest.subspan(fields.size(), 16), record_check(head_check, offset, fields))) {
            if (!may_be_torn(rest, offset)) return fail(damage_at(offset));
            out.torn = true;
            break;
        }
        ledger::WireReader in(fields);
        const auto header = ledger::ConsensusHeader::read(in);
        const std::uint8_t step = in.u8();
        const Digest message = in.array<32>();
        if (step > static_cast<std::uint8_t>(Step::ratification) || header.round < out.lowest_round ||
            !out.all.try_emplace({header, static_cast<Step>(step)}, message).second) {
            return fail(damage_at(offset));  // nobody writes this
        }
    }
    return out;
}

Bytes JournalContent::to_bytes() const {
    Bytes out = head_of(*this);
    out.reserve(kHeadSize + kRecordSize * all.size());
    const Bytes head_check(out.end() - 16, out.end());
    for (const auto& [slot, message] : all) append(out, record_of(head_check, out.size(), slot, message));
    return out;
}

Bytes journal_record(const JournalContent& content, std::uint64_t offset, const SigningSlot& slot,
                     const JournalContent::Digest& message) {
    const Bytes head = head_of(content);
    return record_of(ByteView(head).last(16), offset, slot, message);
}

}  // namespace dusk::storage
