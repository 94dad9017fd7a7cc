// Notes: what decodes encodes to the same bytes, under both point rules, and the strict rule accepts no more than the
// lax one. Archives likewise.
#include <cstdlib>

#include "phoenix/note.hpp"
#include "round_trip.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using dusk::phoenix::Note;
    using dusk::phoenix::NoteLeaf;
    using dusk::phoenix::NoteType;
    using dusk::phoenix::PointRule;
    const dusk::ByteView bytes(data, size);

    const auto lax = Note::from_bytes(bytes, PointRule::lax);
    const auto strict = Note::from_bytes(bytes, PointRule::strict);
    if (strict && !lax) std::abort();
    if (lax && !dusk::equal(lax->to_bytes(), bytes)) std::abort();
    if (strict && !(*strict == *lax)) std::abort();
    if (lax && lax->value(nullptr).has_value() != (lax->type() == NoteType::transparent)) std::abort();

    dusk::fuzz::check_padded_archive<Note>(bytes, Note::kArchivedSize);
    dusk::fuzz::check_padded_archive<NoteLeaf>(bytes, NoteLeaf::kArchivedSize);
    return 0;
}
