// Straus' method for a few points: tables of odd multiples, one row of doublings for all.
#pragma once

#include <span>

#include "crypto/g1.hpp"

namespace dusk::crypto {

// As msm_vartime; the spans have equal lengths. Best up to about 10 points; memory 3 KiB per point.
[[nodiscard]] G1Projective straus_msm_vartime(std::span<const G1Affine> points, std::span<const Fq> scalars);

}  // namespace dusk::crypto
