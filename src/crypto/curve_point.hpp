// Points of the two groups of BLS12-381, one template for both: spec/crypto.md §3, archives §17. Use crypto/g1.hpp
// and crypto/g2.hpp.
//
// Invariants: an `AffinePoint` is the identity or a point of the curve with coordinates below p, and it lies in the
// subgroup of prime order q, unless it came from a function whose name says `unchecked`; such a point may only be
// asked `is_on_curve`, `is_in_subgroup`, compared and encoded until both answers are yes. A `ProjectivePoint` is one of
// the subgroup, in Jacobian coordinates that are never shown to anyone. So nobody needs to check a point twice.
//
// Points from contracts, with any limbs whatsoever, are of type `RawPoint` (crypto/raw_point.hpp).
#pragma once

#include <array>
#include <span>
#include <vector>

#include "base/bytes.hpp"
#include "crypto/error.hpp"
#include "crypto/field.hpp"
#include "crypto/fp.hpp"

namespace dusk::crypto {

template <class Curve>
class ProjectivePoint;

template <class Curve>
class AffinePoint {
  public:
    using Blst = typename Curve::BlstAffine;
    // Numbers of Fp in a coordinate: 1 or 2.
    static constexpr std::size_t kDegree = Curve::kDegree;
    static constexpr std::size_t kCompressedSize = kFpSize * kDegree;      // 48 or 96
    static constexpr std::size_t kUncompressedSize = 2 * kCompressedSize;  // 96 or 192
    static constexpr std::size_t kRawSize = kUncompressedSize + 1;         // 97 or 193
    static constexpr std::size_t kArchivedSize = kUncompressedSize + 8;    // 104 or 200

    AffinePoint() = default;  // the identity
    [[nodiscard]] static AffinePoint identity() { return {}; }
    [[nodiscard]] static const AffinePoint& generator();

    // The form of all formats of the network. First byte: 0x80 always, 0x40 identity, 0x20 y is the lexicographically
    // largest of the two; then x, for G2 its c1 before its c0. The identity is accepted.
    // Errors: bad_length, bad_flags (no 0x80; an identity with 0x20 or x != 0), not_canonical (a coordinate is not
    // below p), not_on_curve, not_in_subgroup.
    [[nodiscard]] static Result<AffinePoint, DecodeError> from_compressed(ByteView bytes);
    // The same without the last check: a point of the curve.
    [[nodiscard]] static Result<AffinePoint, DecodeError> from_compressed_unchecked(ByteView bytes);
    [[nodiscard]] ByteArray<kCompressedSize> to_compressed() const;

    // x then y; 0x40 is the only flag that may be set, and then everything else is zero. Errors as above.
    [[nodiscard]] static Result<AffinePoint, DecodeError> from_uncompressed(ByteView bytes);
    [[nodiscard]] ByteArray<kUncompressedSize> to_uncompressed() const;

    // Montgomery limbs of x and y, c0 before c1, little-endian, then one byte, 1 for the identity (x = 0, y = 1).
    [[nodiscard]] ByteArray<kRawSize> to_raw_bytes() const;
    // rkyv archive: the same with 7 bytes of padding.
    [[nodiscard]] ByteArray<kArchivedSize> to_archive() const;
    // Errors: bad_length, not_canonical (limbs not below p), bad_flags (infinity byte neither 0 nor 1), not_on_curve,
    // not_in_subgroup. The coordinates of an identity are not looked at.
    [[nodiscard]] static Result<AffinePoint, DecodeError> from_archive(ByteView archive);

    [[nodiscard]] bool is_identity() const { return is_zero(point_.x) && is_zero(point_.y); }
    [[nodiscard]] bool is_on_curve() const;
    // q P is the identity; by an endomorphism. For points of the curve.
    [[nodiscard]] bool is_in_subgroup() const;

    AffinePoint operator-() const;
    friend bool operator==(const AffinePoint& a, const AffinePoint& b) {
        return equal(a.point_.x, b.point_.x) && equal(a.point_.y, b.point_.y);
    }

    // The point as blst has it: the identity is (0, 0).
    [[nodiscard]] const Blst& blst() const { return point_; }
    // Nothing is checked.
    [[nodiscard]] static AffinePoint from_blst_unchecked(const Blst& point) {
        AffinePoint out;
        out.point_ = point;
        return out;
    }

  private:
    Blst point_{};
};

template <class Curve>
class ProjectivePoint {
  public:
    using Affine = AffinePoint<Curve>;
    using Blst = typename Curve::BlstProjective;

    ProjectivePoint() = default;  // the identity
    ProjectivePoint(const Affine& affine) { Curve::from_affine(&point_, &affine.blst()); }
    [[nodiscard]] static ProjectivePoint identity() { return {}; }
    [[nodiscard]] static ProjectivePoint generator() { return Affine::generator(); }

    // Complete: any two points.
    friend ProjectivePoint operator+(const ProjectivePoint& a, const ProjectivePoint& b) {
        ProjectivePoint out;
        Curve::add(&out.point_, &a.point_, &b.point_);
        return out;
    }
    friend ProjectivePoint operator+(const ProjectivePoint& a, const Affine& b) {
        ProjectivePoint out;
        Curve::add_affine(&out.point_, &a.point_, &b.blst());
        return out;
    }
    friend ProjectivePoint operator-(const ProjectivePoint& a, const ProjectivePoint& b) { return a + -b; }
    friend ProjectivePoint operator-(const ProjectivePoint& a, const Affine& b) { return a + -b; }
    ProjectivePoint& operator+=(const ProjectivePoint& b) { return *this = *this + b; }
    ProjectivePoint& operator+=(const Affine& b) { return *this = *this + b; }
    ProjectivePoint& operator-=(const ProjectivePoint& b) { return *this = *this - b; }
    ProjectivePoint operator-() const {
        ProjectivePoint out = *this;
        Curve::negate_if(&out.point_, true);
        return out;
    }
    [[nodiscard]] ProjectivePoint doubled() const {
        ProjectivePoint out;
        Curve::double_point(&out.point_, &point_);
        return out;
    }
    // Constant time in both.
    friend ProjectivePoint operator*(const ProjectivePoint& point, const Fq& scalar) { return point.times(scalar); }
    friend ProjectivePoint operator*(const Fq& scalar, const ProjectivePoint& point) { return point.times(scalar); }
    // By the integer below 2^(8 size), little-endian; the time depends on the size only. For scalars shorter than q.
    [[nodiscard]] ProjectivePoint times_short(ByteView scalar) const;

    // Sum of all points; a little over half the time of one addition after the other.
    [[nodiscard]] static ProjectivePoint sum(std::span<const Affine> points);
    // Sum of scalars[i] * points[i]; of slices of different length the shorter one counts. Variable time.
    // For G1 crypto/msm.hpp is faster and uses threads.
    [[nodiscard]] static ProjectivePoint sum_of_products_vartime(std::span<const Affine> points,
                                                                 std::span<const Fq> scalars);

    // The same for integers of 16 bytes, little-endian, in half the time.
    [[nodiscard]] static ProjectivePoint sum_of_short_products_vartime(std::span<const Affine> points,
                                                                       std::span<const ByteArray<16>> scalars);

    [[nodiscard]] Affine to_affine() const;
    // With one inversion for all.
    [[nodiscard]] static std::vector<Affine> batch_to_affine(std::span<const ProjectivePoint> points);

    [[nodiscard]] bool is_identity() const { return is_zero(point_.z); }
    friend bool operator==(const ProjectivePoint& a, const ProjectivePoint& b) {
        return Curve::is_equal(&a.point_, &b.point_);
    }

    [[nodiscard]] const Blst& blst() const { return point_; }
    // Nothing is checked.
    [[nodiscard]] static ProjectivePoint from_blst_unchecked(const Blst& point) {
        ProjectivePoint out;
        out.point_ = point;
        return out;
    }

  private:
    [[nodiscard]] ProjectivePoint times(const Fq& scalar) const;

    Blst point_{};
};

}  // namespace dusk::crypto
