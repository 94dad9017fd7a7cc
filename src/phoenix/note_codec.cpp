// The two byte forms of a note: 302 bytes on the wire, 728 bytes in the state.
#include <algorithm>

#include "phoenix/note.hpp"

namespace dusk::phoenix {

using crypto::DecodeError;
using crypto::JubJubAffine;

namespace {

// Where the fields are (spec/crypto.md §11.3).
namespace wire {
constexpr std::size_t kType = 0;
constexpr std::size_t kCommitment = 1;
constexpr std::size_t kAddress = 33;
constexpr std::size_t kPos = 97;
constexpr std::size_t kValueEnc = 105;
constexpr std::size_t kSender = 173;
static_assert(kSender + Sender::kSize == Note::kSize);
}  // namespace wire

// §17.
namespace archived {
constexpr std::size_t kSender = 0;
constexpr std::size_t kCommitment = 264;
constexpr std::size_t kAddress = 328;
constexpr std::size_t kPos = 648;
constexpr std::size_t kValueEnc = 656;
constexpr std::size_t kType = 724;
constexpr std::size_t kBlockHeight = Note::kArchivedSize;  // in a leaf
}  // namespace archived

bool is_note_type(std::uint8_t tag) { return tag <= static_cast<std::uint8_t>(NoteType::obfuscated); }

template <std::size_t N>
void put(const ByteArray<N>& bytes, std::uint8_t* out) {
    std::ranges::copy(bytes, out);
}

}  // namespace

Result<Note, DecodeError> Note::from_bytes(ByteView bytes, PointRule rule) {
    if (bytes.size() != kSize) return fail(DecodeError::bad_length);
    if (!is_note_type(bytes[wire::kType])) return fail(DecodeError::bad_tag);
    const auto commitment = decode_point(bytes.subspan(wire::kCommitment, JubJubAffine::kSize), rule);
    if (!commitment) return fail(commitment.error());
    const auto address = StealthAddress::from_bytes(bytes.subspan(wire::kAddress, StealthAddress::kSize), rule);
    if (!address) return fail(address.error());
    const auto sender = Sender::from_bytes(bytes.subspan(wire::kSender, Sender::kSize), rule);
    if (!sender) return fail(sender.error());
    Note note;
    note.type_ = static_cast<NoteType>(bytes[wire::kType]);
    note.value_commitment_ = *commitment;
    note.stealth_address_ = *address;
    note.pos_ = load_le<std::uint64_t>(bytes.data() + wire::kPos);
    note.value_enc_ = take<kValueEncSize>(bytes.subspan(wire::kValueEnc));
    note.sender_ = *sender;
    return note;
}

ByteArray<Note::kSize> Note::to_bytes() const {
    ByteArray<kSize> out;
    out[wire::kType] = static_cast<std::uint8_t>(type_);
    put(value_commitment_.to_bytes(), out.data() + wire::kCommitment);
    put(stealth_address_.to_bytes(), out.data() + wire::kAddress);
    store_le(out.data() + wire::kPos, pos_);
    put(value_enc_, out.data() + wire::kValueEnc);
    put(sender_.to_bytes(), out.data() + wire::kSender);
    return out;
}

ByteArray<Note::kArchivedSize> Note::to_archive() const {
    ByteArray<kArchivedSize> out{};
    put(sender_.to_archive(), out.data() + archived::kSender);
    put(value_commitment_.to_archive(), out.data() + archived::kCommitment);
    put(stealth_address_.to_archive(), out.data() + archived::kAddress);
    store_le(out.data() + archived::kPos, pos_);
    put(value_enc_, out.data() + archived::kValueEnc);
    out[archived::kType] = static_cast<std::uint8_t>(type_);
    return out;
}

Result<Note, DecodeError> Note::from_archive(ByteView archive) {
    if (archive.size() != kArchivedSize) return fail(DecodeError::bad_length);
    if (!is_note_type(archive[archived::kType])) return fail(DecodeError::bad_tag);
    const auto sender = Sender::from_archive(archive.subspan(archived::kSender, Sender::kArchivedSize));
    if (!sender) return fail(sender.error());
    const auto commitment =
        JubJubAffine::from_archive(archive.subspan(archived::kCommitment, JubJubAffine::kArchivedSize));
    if (!commitment) return fail(commitment.error());
    const auto address =
        StealthAddress::from_archive(archive.subspan(archived::kAddress, StealthAddress::kArchivedSize));
    if (!address) return fail(address.error());
    Note note;
    note.type_ = static_cast<NoteType>(archive[archived::kType]);
    note.value_commitment_ = *commitment;
    note.stealth_address_ = *address;
    note.pos_ = load_le<std::uint64_t>(archive.data() + archived::kPos);
    note.value_enc_ = take<kValueEncSize>(archive.subspan(archived::kValueEnc));
    note.sender_ = *sender;
    return note;
}

ByteArray<NoteLeaf::kArchivedSize> NoteLeaf::to_archive() const {
    ByteArray<kArchivedSize> out{};
    put(note.to_archive(), out.data());
    store_le(out.data() + archived::kBlockHeight, block_height);
    return out;
}

Result<NoteLeaf, DecodeError> NoteLeaf::from_archive(ByteView archive) {
    if (archive.size() != kArchivedSize) return fail(DecodeError::bad_length);
    const auto note = Note::from_archive(archive.first(Note::kArchivedSize));
    if (!note) return fail(note.error());
    return NoteLeaf{.block_height = load_le<std::uint64_t>(archive.data() + archived::kBlockHeight), .note = *note};
}

}  // namespace dusk::phoenix
