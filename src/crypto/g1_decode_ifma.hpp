// The arithmetic of decoding eight points of G1 at a time with AVX-512 IFMA: see g1_decode.hpp and
// docs/design/g1-subgroup.md. Only where cpu_features().avx512_ifma says so.
#pragma once

#if defined(__x86_64__)

#include <array>

#include "crypto/fp.hpp"

namespace dusk::crypto {

struct G1Roots {
    std::array<Fp, 8> y;   // a root of x³ + 4, where there is one
    unsigned on_curve;     // bit i: there is
    unsigned in_subgroup;  // bit i: of order q. Means nothing where the point is not on the curve
};

// Variable time in nothing but its answers.
[[nodiscard]] G1Roots g1_roots_ifma(const std::array<Fp, 8>& xs);

}  // namespace dusk::crypto

#endif
