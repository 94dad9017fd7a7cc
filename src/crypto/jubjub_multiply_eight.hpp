// Eight scalar multiplications on JubJub at once: with AVX-512 IFMA about the price of one and a half, without it the
// price of eight. Constant time in scalars and points. Projective coordinates of the results are unspecified.
#pragma once

#include "crypto/jubjub.hpp"

namespace dusk::crypto {

// k_i P_i
[[nodiscard]] std::array<JubJubExtended, 8> multiply_eight(const std::array<JubJubExtended, 8>& points,
                                                           const std::array<Fr, 8>& scalars);
// k_i G
[[nodiscard]] std::array<JubJubExtended, 8> multiply_generator_eight(const std::array<Fr, 8>& scalars);

}  // namespace dusk::crypto
