// Many multiples of one point of G1: a table of its multiples by digits of 12 bits.
#pragma once

#include <span>
#include <vector>

#include "base/executor.hpp"
#include "crypto/g1.hpp"

namespace dusk::plonk {

// scalars[i] * base for all i. About 10 us each after 60 ms for the table, whose 22 · 4095 points take 9 MB.
// Variable time.
[[nodiscard]] std::vector<crypto::G1Affine> multiples_vartime(const crypto::G1Affine& base,
                                                              std::span<const crypto::Fq> scalars, Executor& executor);

}  // namespace dusk::plonk
