#include "crypto/computed_g2.hpp"

#include <algorithm>
#include <vector>

#include "crypto/exact_point.hpp"

namespace dusk::crypto {
namespace {

using Point = ExactPoint<G2Rule>;

Point projective(const RawG2& raw) {
    const auto& [x0, x1, y0, y1] = raw.numbers();
    return {{x0, x1}, {y0, y1}, raw.infinity() == 0 ? UnreducedFp2::one() : UnreducedFp2{}};
}

RawG2 affine(const Point& point) {
    const UnreducedFp2 z_inverse = inverse_or_zero(point.z);
    if (z_inverse.is_zero()) return ComputedG2().raw();
    const UnreducedFp2 x = point.x * z_inverse;
    const UnreducedFp2 y = point.y * z_inverse;
    return {{x.c0, x.c1, y.c0, y.c1}, 0};
}

RawG2 raw_form(const G2Affine& point) { return RawG2::from_archive(point.to_archive()).value(); }

}  // namespace

ComputedG2 ComputedG2::product(const RawG2& point, const Fq& scalar) {
    return from_raw(affine(projective(point).times(scalar.to_integer())));
}

ComputedG2 ComputedG2::sum(std::span<const ComputedG2> summands) {
    if (summands.size() == 1 && summands[0].point() != nullptr) return summands[0];
    std::vector<G2Affine> points;
    std::vector<RawG2> others;
    points.reserve(summands.size());
    for (const ComputedG2& summand : summands) {
        if (const G2Affine* point = summand.point()) {
            points.push_back(*point);
        } else {
            others.push_back(summand.raw());
        }
    }
    const G2Affine sum = G2Projective::sum(points).to_affine();
    if (others.empty()) return ComputedG2(sum);
    Point exact = Point::identity() + projective(raw_form(sum));
    for (const RawG2& other : others) exact = exact + projective(other);
    return from_raw(affine(exact));
}

RawG2 ComputedG2::raw() const {
    if (const G2Affine* affine_point = point()) return raw_form(*affine_point);
    return std::get<RawG2>(value_);
}

// The infinity byte is 0 or 1 here.
ComputedG2 ComputedG2::from_raw(const RawG2& raw) {
    ComputedG2 out;
    if (raw.infinity() != 0) return out;
    out.value_ = raw;
    if (raw.is_reduced()) {
        if (const auto point = raw.validated()) out.value_ = *point;
    }
    return out;
}

}  // namespace dusk::crypto
