// Eight Hades permutations side by side, in AVX-512 registers: the steps of crypto/hades_schedule.hpp on
// crypto/fq8.hpp. Call only where cpu_features().avx512_ifma says so.
#pragma once

#include <array>
#include <cstddef>

#include "crypto/hades.hpp"

namespace dusk::crypto::hades {

inline constexpr std::size_t kLanes = 8;

// Element i of the eight states: state[i].
using State8 = std::array<std::array<Fq, kLanes>, kWidth>;

#if defined(__x86_64__)

void permute8(State8& state);

// Element i of the permuted states, a little faster.
[[nodiscard]] std::array<Fq, kLanes> permute8_to_element(const State8& state, std::size_t i);

#endif

}  // namespace dusk::crypto::hades
