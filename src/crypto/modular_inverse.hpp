// Inverse modulo an odd 256-bit number by the division steps of Bernstein and Yang ("Fast constant-time gcd computation
// and modular inversion", 2019), in batches: the steps of a batch look at the lowest 62 bits only and give a 2x2
// matrix, which is then applied to the full numbers once.
#pragma once

#include "crypto/montgomery.hpp"

namespace dusk::crypto {

enum class Timing : std::uint8_t { constant, variable };

// x^-1 mod m for x below m, m odd and above 1, gcd(x, m) = 1. Zero for x = 0.
// `constant`: the time depends on neither number. About 2 us; `variable` takes about 1.2 us.
template <Timing kTiming>
[[nodiscard]] Limbs4 modular_inverse(const Limbs4& x, const Limbs4& m);

extern template Limbs4 modular_inverse<Timing::constant>(const Limbs4& x, const Limbs4& m);
extern template Limbs4 modular_inverse<Timing::variable>(const Limbs4& x, const Limbs4& m);

}  // namespace dusk::crypto
