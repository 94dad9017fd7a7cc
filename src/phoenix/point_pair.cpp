#include "phoenix/point_pair.hpp"

#include <algorithm>

namespace dusk::phoenix {

using crypto::Fq;
using crypto::JubJubAffine;
using crypto::JubJubExtended;

JubJubAffine to_affine_vartime(const JubJubExtended& point) {
    if (point.z() == Fq::one()) return JubJubAffine::from_coordinates_unchecked(point.u(), point.v());
    return point.to_affine();
}

ByteArray<kPointPairSize> encode_pair(const JubJubExtended& first, const JubJubExtended& second) {
    std::array<JubJubAffine, 2> affine;
    if (first.z() == Fq::one() || second.z() == Fq::one()) {
        affine = {to_affine_vartime(first), to_affine_vartime(second)};
    } else {
        const Fq inverse = *(first.z() * second.z()).invert();
        const Fq first_inverse = inverse * second.z();
        const Fq second_inverse = inverse * first.z();
        affine = {JubJubAffine::from_coordinates_unchecked(first.u() * first_inverse, first.v() * first_inverse),
                  JubJubAffine::from_coordinates_unchecked(second.u() * second_inverse, second.v() * second_inverse)};
    }
    ByteArray<kPointPairSize> out;
    std::ranges::copy(affine[0].to_bytes(), out.begin());
    std::ranges::copy(affine[1].to_bytes(), out.begin() + JubJubAffine::kSize);
    return out;
}

ByteArray<kArchivedPointPairSize> archive_pair(const JubJubExtended& first, const JubJubExtended& second) {
    ByteArray<kArchivedPointPairSize> out;
    std::ranges::copy(first.to_archive(), out.begin());
    std::ranges::copy(second.to_archive(), out.begin() + JubJubExtended::kArchivedSize);
    return out;
}

}  // namespace dusk::phoenix
