// Openings of the notes tree: whatever decodes encodes to the same bytes, and verifying it ends in an answer or an
// error.
#include <cstdlib>

#include "crypto/notes_tree.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace dusk::crypto;
    const dusk::ByteView input(data, size);
    const auto opening = decode_note_opening(input);
    if (!opening) {
        const bool wrong_length = opening.error() == DecodeError::bad_length;
        if (wrong_length != (size != kNoteOpeningSize)) std::abort();
        return 0;
    }
    if (!dusk::equal(encode(*opening), input)) std::abort();

    const std::uint32_t slot = opening->positions.back();
    const Fq leaf = slot < NotesTreeRule::kArity ? opening->branch.back()[slot] : Fq::zero();
    const auto verified = opening->verify(leaf);
    if (slot >= NotesTreeRule::kArity && verified) std::abort();
    if (verified && *verified && opening->verify(leaf + Fq::one()).value_or(true)) std::abort();
    return 0;
}
