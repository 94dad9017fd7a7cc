#include "crypto/notes_tree.hpp"

#include "crypto/poseidon.hpp"

namespace dusk::crypto {

void NotesTreeRule::aggregate(std::span<const std::array<Fq, kArity>* const> nodes, std::span<Fq> out) {
    poseidon::merkle4_nodes(nodes, out);
}

ByteArray<kNoteOpeningSize> encode(const NoteOpening& opening) {
    ByteArray<kNoteOpeningSize> out;
    std::uint8_t* to = out.data();
    const auto put = [&](const Fq& item) { to = std::ranges::copy(item.to_bytes(), to).out; };
    put(opening.root);
    for (const auto& children : opening.branch) {
        for (const Fq& item : children) put(item);
    }
    for (const std::uint32_t position : opening.positions) {
        store_le(to, position);
        to += sizeof position;
    }
    return out;
}

Result<NoteOpening, DecodeError> decode_note_opening(ByteView bytes) {
    if (bytes.size() != kNoteOpeningSize) return fail(DecodeError::bad_length);
    NoteOpening out{};
    bool canonical = true;
    const auto next = [&](std::size_t size) {
        const ByteView part = bytes.first(size);
        bytes = bytes.subspan(size);
        return part;
    };
    const auto take_item = [&] {
        const auto item = Fq::from_bytes(next(Fq::kSize));
        canonical = canonical && item;
        return item.value_or(Fq::zero());
    };
    out.root = take_item();
    for (auto& children : out.branch) {
        for (Fq& item : children) item = take_item();
    }
    if (!canonical) return fail(DecodeError::not_canonical);
    for (std::uint32_t& position : out.positions) position = load_le<std::uint32_t>(next(sizeof position).data());
    return out;
}

}  // namespace dusk::crypto
