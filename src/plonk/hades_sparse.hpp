// The constants of the Hades permutation in a circuit: spec/plonk-sound.md §6. The partial rounds' dense matrices are
// split into one dense and sixty sparse ones, so that a round costs few rows. Same permutation as crypto/hades.hpp.
//
// The state is reversed here: the element with the S-box in partial rounds is the first one.
#pragma once

#include "crypto/hades.hpp"

namespace dusk::plonk {

using HadesRow = crypto::hades::State;
using HadesMatrix = std::array<HadesRow, crypto::hades::kWidth>;

// The identity but for its first row and first column.
struct SparseMatrix {
    HadesRow column;                                        // the corner, then what is below it
    std::array<crypto::Fq, crypto::hades::kWidth - 1> row;  // right of the corner
};

struct SparseHades {
    // Added before and after the S-boxes, in order of use: 5 before round 0, 5 after each of the rounds 0 … 3 (of the
    // last of them into the first partial round), one after each partial S-box, 5 after each of the rounds 64 … 66.
    static constexpr std::size_t kConstants = 100;
    std::array<crypto::Fq, kConstants> constants;
    HadesMatrix dense;       // of the full rounds; symmetric
    HadesMatrix pre_sparse;  // of full round 3, in place of `dense`
    std::array<SparseMatrix, crypto::hades::kPartialRounds> sparse;
};

// Computed from `crypto::hades::constants()` at the first use.
[[nodiscard]] const SparseHades& sparse_hades();

}  // namespace dusk::plonk
