// Files of notes that a wallet can spend, for building transactions offline (docs/formats/notes.md).
#pragma once

#include <string>
#include <vector>

#include "phoenix/transfer_builder.hpp"

namespace dusk::wallet {

// Larger ones are refused. A note takes 5.3 kB.
inline constexpr std::size_t kLargestNotesFile = std::size_t{64} << 20;
inline constexpr std::size_t kMostNotes = 10'000;  // that are written

struct NotesFile {
    crypto::Fq root;                            // of the notes tree, of all openings
    std::vector<phoenix::SpendableNote> notes;  // each at its position
};

// JSON with a line feed at its end. The openings are of the root.
[[nodiscard]] std::string write_notes_file(const NotesFile& file);

// Whether an opening leads to its note is not asked here. Unknown members are ignored. Time and memory are linear in
// the text. The error is a sentence with the place.
[[nodiscard]] Result<NotesFile, std::string> read_notes_file(ByteView text);

}  // namespace dusk::wallet
