// Multi-scalar multiplication in G1: Σ scalarᵢ · pointᵢ. Design and figures: docs/design/msm.md.
#pragma once

#include <span>

#include "base/executor.hpp"
#include "crypto/g1.hpp"

namespace dusk::crypto {

// Σ scalarᵢ · pointᵢ over the shorter of the two lengths; the identity for none. Identity, equal and opposite points
// are allowed. Points that are not in the subgroup of order q give a wrong sum.
//
// Variable time: which memory is touched, and for how long, depends on the scalars. That is right for public values
// and is also what the official prover does with its witness polynomials; where an attacker shares the machine, the
// witness of a proof is not protected against cache timing.
//
// Memory: about 256 bytes per point and 2 MiB per thread, for at most 2^17 points at a time (64 MiB); longer inputs
// are summed in such chunks.
[[nodiscard]] G1Projective msm_vartime(std::span<const G1Affine> points, std::span<const Fq> scalars,
                                       Executor& executor);

}  // namespace dusk::crypto
