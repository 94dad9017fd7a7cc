// The Hades permutation of width 5 over Fq with S-box x^5: spec/crypto.md §6.1.
//
// 68 rounds: 4 full, 60 partial (the S-box acts on the last element only), 4 full. All constants are computed
// from their rule at the first use.
#pragma once

#include <array>
#include <cstddef>

#include "crypto/field.hpp"

namespace dusk::crypto::hades {

inline constexpr std::size_t kWidth = 5;
inline constexpr std::size_t kFullRounds = 8;  // half of them before, half after the partial ones
inline constexpr std::size_t kPartialRounds = 60;
inline constexpr std::size_t kRounds = kFullRounds + kPartialRounds;

using State = std::array<Fq, kWidth>;

// The constants in effect. They carry a factor 2^256 that their written rule does not have (spec §6.1, trap).
struct Constants {
    std::array<State, kRounds> round;  // added at the start of a round
    std::array<State, kWidth> matrix;  // new[i] = sum of matrix[i][j] * state[j]
};
[[nodiscard]] const Constants& constants();

void permute(State& state);

// Element i of the permuted state, a little faster.
[[nodiscard]] Fq permute_to_element(const State& state, std::size_t i);

}  // namespace dusk::crypto::hades
