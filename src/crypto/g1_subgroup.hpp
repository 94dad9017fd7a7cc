// Whether a point of the curve y² = x³ + 4 lies in G1, its subgroup of order q: docs/design/g1-subgroup.md.
#pragma once

#include <blst.h>

namespace dusk::crypto {

// The identity does. Constant time but for the answer. About 1000 multiplications of Fp.
[[nodiscard]] bool is_in_g1(const blst_p1_affine& point);

}  // namespace dusk::crypto
