// Scalar multiplication with the projective coordinates that the network gets: spec/crypto.md §5.4.
//
// The ladder runs over bits 251 to 0 and adds the identity for zero bits, which changes z. Needed only where the
// extended result is archived; elsewhere crypto/jubjub_multiply.hpp is many times faster. Constant time in k.
#pragma once

#include "crypto/jubjub.hpp"

namespace dusk::crypto {

// k P for an extended and for an affine P: the coordinates of the two differ.
[[nodiscard]] JubJubExtended multiply_exact(const JubJubExtended& p, const Fr& k);
[[nodiscard]] JubJubExtended multiply_exact(const JubJubAffine& p, const Fr& k);

}  // namespace dusk::crypto
