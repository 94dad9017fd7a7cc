#include "crypto/jubjub.hpp"

#include <algorithm>

namespace dusk::crypto {

namespace {

constexpr std::uint8_t kSignBit = 0x80;

}  // namespace

Result<JubJubAffine, DecodeError> JubJubAffine::from_bytes_lax(ByteView bytes) {
    if (bytes.size() != kSize) return fail(DecodeError::bad_length);
    ByteArray<kSize> v_bytes = take<kSize>(bytes);
    const bool sign = (v_bytes[31] & kSignBit) != 0;
    v_bytes[31] &= static_cast<std::uint8_t>(~kSignBit);
    const auto v = Fq::from_bytes(v_bytes);
    if (!v) return fail(v.error());
    // u^2 = (v^2 - 1) / (1 + d v^2); d is not a square, so the denominator is never zero.
    const Fq v2 = v->square();
    const auto u = sqrt_ratio(v2 - Fq::one(), Fq::one() + kJubJubD * v2);
    if (!u) return fail(DecodeError::not_on_curve);
    if (u->is_zero() && sign) return fail(DecodeError::not_canonical);
    return from_coordinates_unchecked(u->is_odd() == sign ? *u : -*u, *v);
}

Result<JubJubAffine, DecodeError> JubJubAffine::from_bytes_strict(ByteView bytes) {
    const auto point = from_bytes_lax(bytes);
    if (point && !point->is_torsion_free()) return fail(DecodeError::not_in_subgroup);
    return point;
}

ByteArray<JubJubAffine::kSize> JubJubAffine::to_bytes() const {
    ByteArray<kSize> out = v_.to_bytes();
    out[31] |= static_cast<std::uint8_t>(u_.to_integer()[0] << 7);
    return out;
}

Result<JubJubAffine, DecodeError> JubJubAffine::from_archive(ByteView archive) {
    if (archive.size() != kArchivedSize) return fail(DecodeError::bad_length);
    JubJubAffine out;
    Fq* const coordinates[] = {&out.u_, &out.v_};
    for (std::size_t i = 0; i < std::size(coordinates); ++i) {
        const auto x = Fq::from_archive(archive.subspan(Fq::kSize * i, Fq::kSize));
        if (!x) return fail(x.error());
        *coordinates[i] = *x;
    }
    if (!out.is_on_curve()) return fail(DecodeError::not_on_curve);
    return out;
}

ByteArray<JubJubAffine::kArchivedSize> JubJubAffine::to_archive() const {
    ByteArray<kArchivedSize> out;
    std::ranges::copy(u_.to_archive(), out.begin());
    std::ranges::copy(v_.to_archive(), out.begin() + Fq::kSize);
    return out;
}

Result<JubJubExtended, DecodeError> JubJubExtended::from_archive(ByteView archive) {
    if (archive.size() != kArchivedSize) return fail(DecodeError::bad_length);
    JubJubExtended out;
    Fq* const coordinates[] = {&out.u_, &out.v_, &out.z_, &out.t1_, &out.t2_};
    for (std::size_t i = 0; i < std::size(coordinates); ++i) {
        const auto x = Fq::from_archive(archive.subspan(Fq::kSize * i, Fq::kSize));
        if (!x) return fail(x.error());
        *coordinates[i] = *x;
    }
    if (!out.is_on_curve()) return fail(DecodeError::not_on_curve);
    return out;
}

ByteArray<JubJubExtended::kArchivedSize> JubJubExtended::to_archive() const {
    ByteArray<kArchivedSize> out;
    const Fq* const coordinates[] = {&u_, &v_, &z_, &t1_, &t2_};
    for (std::size_t i = 0; i < std::size(coordinates); ++i) {
        std::ranges::copy(coordinates[i]->to_archive(), out.data() + Fq::kSize * i);
    }
    return out;
}

JubJubAffine JubJubExtended::to_affine() const {
    Fq inverse = z_;
    Fq::invert_all({&inverse, 1});  // asks nothing of z, which is never zero
    return JubJubAffine::from_coordinates_unchecked(u_ * inverse, v_ * inverse);
}

bool JubJubExtended::is_on_curve() const {
    if (z_.is_zero()) return false;
    // The curve equation times z^4, and t1 t2 = u v / z.
    const Fq uu = u_.square();
    const Fq vv = v_.square();
    const Fq zz = z_.square();
    return (vv - uu) * zz == zz.square() + kJubJubD * uu * vv && t1_ * t2_ * z_ == u_ * v_;
}

std::vector<JubJubAffine> to_affine(std::span<const JubJubExtended> points) {
    std::vector<Fq> inverses;
    inverses.reserve(points.size());
    for (const JubJubExtended& p : points) inverses.push_back(p.z());
    Fq::invert_all(inverses);
    std::vector<JubJubAffine> out;
    out.reserve(points.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
        out.push_back(
            JubJubAffine::from_coordinates_unchecked(points[i].u() * inverses[i], points[i].v() * inverses[i]));
    }
    return out;
}

}  // namespace dusk::crypto
