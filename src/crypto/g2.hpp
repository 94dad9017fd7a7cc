// The group G2 of BLS12-381: y^2 = x^3 + 4 (1 + i) over Fp2. Compressed 96 bytes, uncompressed 192, raw 193, archived
// 200.
#pragma once

#include "crypto/curve_point.hpp"

namespace dusk::crypto {

struct G2Curve {
    using Coordinate = Fp2;
    using BlstAffine = blst_p2_affine;
    using BlstProjective = blst_p2;
    static constexpr std::size_t kDegree = 2;

    static constexpr auto generator = blst_p2_affine_generator;
    static constexpr auto affine_on_curve = blst_p2_affine_on_curve;
    static constexpr auto affine_in_subgroup = blst_p2_affine_in_g2;
    static constexpr auto compress = blst_p2_affine_compress;
    static constexpr auto serialize = blst_p2_affine_serialize;
    static constexpr auto from_affine = blst_p2_from_affine;
    static constexpr auto to_affine = blst_p2_to_affine;
    static constexpr auto batch_to_affine = blst_p2s_to_affine;
    static constexpr auto add = blst_p2_add_or_double;
    static constexpr auto add_affine = blst_p2_add_or_double_affine;
    static constexpr auto sum = blst_p2s_add;
    static constexpr auto double_point = blst_p2_double;
    static constexpr auto negate_if = blst_p2_cneg;
    static constexpr auto multiply = blst_p2_mult;
    static constexpr auto is_equal = blst_p2_is_equal;
    static constexpr auto pippenger = blst_p2s_mult_pippenger;
    static constexpr auto pippenger_scratch_size = blst_p2s_mult_pippenger_scratch_sizeof;

    // The 4 (1 + i) of the equation.
    [[nodiscard]] static Fp2 b();
};

using G2Affine = AffinePoint<G2Curve>;
using G2Projective = ProjectivePoint<G2Curve>;

extern template class AffinePoint<G2Curve>;
extern template class ProjectivePoint<G2Curve>;

}  // namespace dusk::crypto
