// Multi-scalar multiplication in G1: Σ scalarᵢ · pointᵢ. Design and figures: docs/design/msm.md.
#pragma once

#include <blst.h>

#include <span>

#include "base/executor.hpp"
#include "crypto/field.hpp"

namespace dusk::crypto {

// Σ scalarᵢ · pointᵢ over the shorter of the two lengths; the identity for none. Points must lie in the subgroup of
// order q (identity, equal and opposite points included); the identity is (0, 0), as in blst.
//
// Variable time: which memory is touched, and for how long, depends on the scalars. That is right for public values
// and is also what the official prover does with its witness polynomials; where an attacker shares the machine, the
// witness of a proof is not protected against cache timing.
//
// Memory: about 256 bytes per point and 2 MiB per thread, for at most 2^17 points at a time (64 MiB); longer inputs
// are summed in such chunks.
[[nodiscard]] blst_p1_affine msm_vartime(std::span<const blst_p1_affine> points, std::span<const Fq> scalars,
                                         Executor& executor);

}  // namespace dusk::crypto
