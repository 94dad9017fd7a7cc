// Straus' method for a few points: tables of odd multiples, one row of doublings for all.
#pragma once

#include <blst.h>

#include <span>

#include "crypto/field.hpp"

namespace dusk::crypto {

// As msm_vartime; the spans have equal lengths. Best below about 32 points; memory 1 KiB per point.
[[nodiscard]] blst_p1 straus_msm_vartime(std::span<const blst_p1_affine> points, std::span<const Fq> scalars);

}  // namespace dusk::crypto
