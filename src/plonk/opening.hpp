// Openings of Poseidon Merkle trees of arity 4 in circuits: spec/plonk.md §10, spec/plonk-sound.md §7.
#pragma once

#include <span>

#include "crypto/merkle_tree.hpp"
#include "plonk/composer.hpp"

namespace dusk::plonk {

struct OpeningLevel {
    std::array<Fq, 4> children;
    std::uint32_t position;  // of the child on the path; 4 or more is no child, which breaks rows
};

// The root of the tree in which the leaf stands at the end of this path; the levels from the leaf's to the root's.
// 674 rows per level.
[[nodiscard]] Witness opening_root(Composer& composer, std::span<const OpeningLevel> levels, Witness leaf);

template <class Rule>
    requires(Rule::kArity == 4)
[[nodiscard]] Witness opening_root(Composer& composer, const crypto::MerkleOpening<Rule>& opening, Witness leaf) {
    std::array<OpeningLevel, Rule::kHeight> levels;
    for (std::size_t i = 0; i < Rule::kHeight; ++i) {
        const std::size_t level = Rule::kHeight - 1 - i;
        levels[i] = {.children = opening.branch[level], .position = opening.positions[level]};
    }
    return opening_root(composer, levels, leaf);
}

}  // namespace dusk::plonk
