// Straus' method for a few points: tables of odd multiples, one row of doublings for all.
#pragma once

#include <span>

#include "crypto/g1.hpp"

namespace dusk::crypto {

// As msm_vartime; the spans have equal lengths. Best below about 32 points; memory 1 KiB per point.
[[nodiscard]] G1Projective straus_msm_vartime(std::span<const G1Affine> points, std::span<const Fq> scalars);

}  // namespace dusk::crypto
