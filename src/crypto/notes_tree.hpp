// The tree of Phoenix notes: Poseidon, arity 4, height 17. A leaf is a note hash. spec/crypto.md §10.
#pragma once

#include "base/bytes.hpp"
#include "crypto/error.hpp"
#include "crypto/field.hpp"
#include "crypto/merkle_tree.hpp"

namespace dusk::crypto {

struct NotesTreeRule {
    using Item = Fq;
    static constexpr std::size_t kArity = 4;
    static constexpr std::size_t kHeight = 17;
    // The root of the empty tree too. A leaf of this value looks like an empty slot, but its ancestors are hashed.
    static constexpr Fq kEmpty{};

    static void aggregate(std::span<const std::array<Fq, kArity>* const> nodes, std::span<Fq> out);
};

using NotesTree = MerkleTree<NotesTreeRule>;
using NoteOpening = MerkleOpening<NotesTreeRule>;

// root (32) ‖ branch from the root's children to the leaves (17 levels of 4 items of 32) ‖ positions (17 of u32 LE).
inline constexpr std::size_t kNoteOpeningSize =
    32 * (1 + NotesTreeRule::kHeight * NotesTreeRule::kArity) + 4 * NotesTreeRule::kHeight;
static_assert(kNoteOpeningSize == 2276);

[[nodiscard]] ByteArray<kNoteOpeningSize> encode(const NoteOpening& opening);
// Positions may have any value; `verify` looks at them. Errors: bad_length, not_canonical.
[[nodiscard]] Result<NoteOpening, DecodeError> decode_note_opening(ByteView bytes);

}  // namespace dusk::crypto
