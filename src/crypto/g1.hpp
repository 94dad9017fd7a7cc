// The group G1 of BLS12-381: y^2 = x^3 + 4 over Fp. Compressed 48 bytes, uncompressed 96, raw 97, archived 104.
#pragma once

#include "crypto/curve_point.hpp"

namespace dusk::crypto {

struct G1Curve {
    using Coordinate = Fp;
    using BlstAffine = blst_p1_affine;
    using BlstProjective = blst_p1;
    static constexpr std::size_t kDegree = 1;

    static constexpr auto generator = blst_p1_affine_generator;
    static constexpr auto affine_on_curve = blst_p1_affine_on_curve;
    static constexpr auto affine_in_subgroup = blst_p1_affine_in_g1;
    static constexpr auto compress = blst_p1_affine_compress;
    static constexpr auto serialize = blst_p1_affine_serialize;
    static constexpr auto from_affine = blst_p1_from_affine;
    static constexpr auto to_affine = blst_p1_to_affine;
    static constexpr auto batch_to_affine = blst_p1s_to_affine;
    static constexpr auto add = blst_p1_add_or_double;
    static constexpr auto add_affine = blst_p1_add_or_double_affine;
    static constexpr auto sum = blst_p1s_add;
    static constexpr auto double_point = blst_p1_double;
    static constexpr auto negate_if = blst_p1_cneg;
    static constexpr auto multiply = blst_p1_mult;
    static constexpr auto is_equal = blst_p1_is_equal;
    static constexpr auto pippenger = blst_p1s_mult_pippenger;
    static constexpr auto pippenger_scratch_size = blst_p1s_mult_pippenger_scratch_sizeof;

    // The 4 of the equation.
    [[nodiscard]] static Fp b();
};

using G1Affine = AffinePoint<G1Curve>;
using G1Projective = ProjectivePoint<G1Curve>;

extern template class AffinePoint<G1Curve>;
extern template class ProjectivePoint<G1Curve>;

}  // namespace dusk::crypto
