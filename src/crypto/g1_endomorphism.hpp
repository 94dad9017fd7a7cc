// The fast endomorphism of G1, φ(x, y) = (βx, y) with β³ = 1, and the scalar split that it allows: for the curve's
// parameter |x| = 0xd201000000010000 and every P of order q, x²P = −φ(P). A multiplication by a 255-bit scalar
// becomes a sum of two with 127 bits (Gallant, Lambert, Vanstone, CRYPTO 2001).
#pragma once

#include "crypto/g1.hpp"

namespace dusk::crypto {

// k ≡ low + high·x² (mod q), both at most x²/2 + 1 < 2^126.44 in size.
struct SplitScalar {
    __int128 low;
    __int128 high;
};

// Variable time.
[[nodiscard]] SplitScalar split_scalar_vartime(const Fq& k);

// x²P for P of order q (and the identity for itself).
[[nodiscard]] G1Affine times_x_squared(const G1Affine& point);

// β in blst's Montgomery form.
inline constexpr Fp kBeta{{0x30f1361b798a64e8, 0xf3b8ddab7ece5a2a, 0x16a8ca3ac61577f7, 0xc26a2ff874fd029b,
                           0x3636b76660701c6e, 0x051ba4ab241b6160}};

}  // namespace dusk::crypto
