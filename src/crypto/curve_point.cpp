#include "crypto/curve_point.hpp"

#include <algorithm>

#include "base/secret.hpp"
#include "crypto/compressed_point.hpp"
#include "crypto/g1_subgroup.hpp"

namespace dusk::crypto {
namespace {

constexpr std::uint8_t kCompressionFlag = 0x80;
constexpr std::uint8_t kInfinityFlag = 0x40;
constexpr std::uint8_t kSortFlag = 0x20;
constexpr std::uint8_t kFlags = kCompressionFlag | kInfinityFlag | kSortFlag;

// An element of Fp2 has c1 before c0.
template <class Coordinate>
Result<Coordinate, DecodeError> decode_coordinate(ByteView bytes) {
    if constexpr (std::is_same_v<Coordinate, Fp>) {
        return decode_fp(bytes);
    } else {
        const auto c1 = decode_fp(bytes.first(kFpSize));
        if (!c1) return fail(c1.error());
        const auto c0 = decode_fp(bytes.subspan(kFpSize));
        if (!c0) return fail(c0.error());
        return Fp2{{*c0, *c1}};
    }
}

template <class Curve>
typename Curve::Coordinate right_side(const typename Curve::Coordinate& x) {
    return add(multiply(square(x), x), Curve::b());
}

// The Fp numbers that make up a point, in the order of the raw and archived forms.
std::array<const Fp*, 2> parts(const blst_p1_affine& p) { return {&p.x, &p.y}; }
std::array<const Fp*, 4> parts(const blst_p2_affine& p) { return {&p.x.fp[0], &p.x.fp[1], &p.y.fp[0], &p.y.fp[1]}; }
std::array<Fp*, 2> parts(blst_p1_affine& p) { return {&p.x, &p.y}; }
std::array<Fp*, 4> parts(blst_p2_affine& p) { return {&p.x.fp[0], &p.x.fp[1], &p.y.fp[0], &p.y.fp[1]}; }

// Identity: x = 0, y = 1, flag 1.
template <class Point>
void write_limbs_and_flag(const Point& point, MutableByteView out) {
    if (point.is_identity()) {
        std::ranges::fill(out, std::uint8_t{0});
        const std::size_t y = Point::kCompressedSize;
        fp_to_limbs(fp_from_u64(1), out.subspan(y).template first<kFpSize>());
        out[Point::kUncompressedSize] = 1;
        return;
    }
    std::size_t at = 0;
    for (const Fp* part : parts(point.blst())) {
        fp_to_limbs(*part, out.subspan(at).template first<kFpSize>());
        at += kFpSize;
    }
    std::ranges::fill(out.subspan(at), std::uint8_t{0});
}

// Sum of scalars[i] * points[i] for integers of `bits` bits.
template <class Curve, std::size_t Bytes>
typename Curve::BlstProjective pippenger(std::span<const AffinePoint<Curve>> points,
                                         std::span<const ByteArray<Bytes>> scalars, std::size_t bits) {
    std::vector<const typename Curve::BlstAffine*> point_pointers;
    std::vector<const std::uint8_t*> scalar_pointers;
    for (std::size_t i = 0; i < std::min(points.size(), scalars.size()); ++i) {
        if (points[i].is_identity()) continue;  // blst does not take the identity everywhere
        point_pointers.push_back(&points[i].blst());
        scalar_pointers.push_back(scalars[i].data());
    }
    typename Curve::BlstProjective out{};
    if (point_pointers.empty()) return out;
    std::vector<limb_t> scratch(Curve::pippenger_scratch_size(point_pointers.size()) / sizeof(limb_t) + 1);
    Curve::pippenger(&out, point_pointers.data(), point_pointers.size(), scalar_pointers.data(), bits, scratch.data());
    return out;
}

}  // namespace

Fp G1Curve::b() {
    static const Fp four = fp_from_u64(4);
    return four;
}
Fp2 G2Curve::b() { return {{G1Curve::b(), G1Curve::b()}}; }

template <class Curve>
const AffinePoint<Curve>& AffinePoint<Curve>::generator() {
    static const AffinePoint generator = from_blst_unchecked(*Curve::generator());
    return generator;
}

template <class Curve>
Result<CompressedPoint<Curve>, DecodeError> CompressedPoint<Curve>::read(ByteView bytes) {
    constexpr std::size_t kSize = AffinePoint<Curve>::kCompressedSize;
    if (bytes.size() != kSize) return fail(DecodeError::bad_length);
    auto x_bytes = take<kSize>(bytes);
    const std::uint8_t flags = x_bytes[0] & kFlags;
    x_bytes[0] &= static_cast<std::uint8_t>(~kFlags);
    if ((flags & kCompressionFlag) == 0) return fail(DecodeError::bad_flags);
    const auto x = decode_coordinate<typename Curve::Coordinate>(x_bytes);
    if (!x) return fail(x.error());
    const bool identity = (flags & kInfinityFlag) != 0;
    const bool largest = (flags & kSortFlag) != 0;
    if (identity && (largest || !is_zero(*x))) return fail(DecodeError::bad_flags);
    return CompressedPoint{.x = *x, .identity = identity, .largest = largest};
}

template <class Curve>
Result<AffinePoint<Curve>, DecodeError> AffinePoint<Curve>::from_compressed_unchecked(ByteView bytes) {
    const auto compressed = CompressedPoint<Curve>::read(bytes);
    if (!compressed) return fail(compressed.error());
    if (compressed->identity) return identity();
    auto y = square_root(right_side<Curve>(compressed->x));
    if (!y) return fail(DecodeError::not_on_curve);
    if (is_lexicographically_largest(*y) != compressed->largest) *y = negate(*y);
    return from_blst_unchecked({compressed->x, *y});
}

template <class Curve>
Result<AffinePoint<Curve>, DecodeError> AffinePoint<Curve>::from_compressed(ByteView bytes) {
    auto point = from_compressed_unchecked(bytes);
    if (point && !point->is_in_subgroup()) return fail(DecodeError::not_in_subgroup);
    return point;
}

template <class Curve>
ByteArray<AffinePoint<Curve>::kCompressedSize> AffinePoint<Curve>::to_compressed() const {
    ByteArray<kCompressedSize> out;
    Curve::compress(out.data(), &point_);
    return out;
}

template <class Curve>
Result<AffinePoint<Curve>, DecodeError> AffinePoint<Curve>::from_uncompressed(ByteView bytes) {
    if (bytes.size() != kUncompressedSize) return fail(DecodeError::bad_length);
    auto xy = take<kUncompressedSize>(bytes);
    const std::uint8_t flags = xy[0] & kFlags;
    xy[0] &= static_cast<std::uint8_t>(~kFlags);
    if ((flags & (kCompressionFlag | kSortFlag)) != 0) return fail(DecodeError::bad_flags);
    const auto x = decode_coordinate<typename Curve::Coordinate>(ByteView(xy).first(kCompressedSize));
    if (!x) return fail(x.error());
    const auto y = decode_coordinate<typename Curve::Coordinate>(ByteView(xy).subspan(kCompressedSize));
    if (!y) return fail(y.error());
    if ((flags & kInfinityFlag) != 0) {
        if (!is_zero(*x) || !is_zero(*y)) return fail(DecodeError::bad_flags);
        return identity();
    }
    if (!equal(square(*y), right_side<Curve>(*x))) return fail(DecodeError::not_on_curve);
    const AffinePoint point = from_blst_unchecked({*x, *y});
    if (!point.is_in_subgroup()) return fail(DecodeError::not_in_subgroup);
    return point;
}

template <class Curve>
ByteArray<AffinePoint<Curve>::kUncompressedSize> AffinePoint<Curve>::to_uncompressed() const {
    ByteArray<kUncompressedSize> out;
    Curve::serialize(out.data(), &point_);
    return out;
}

template <class Curve>
ByteArray<AffinePoint<Curve>::kRawSize> AffinePoint<Curve>::to_raw_bytes() const {
    ByteArray<kRawSize> out;
    write_limbs_and_flag(*this, out);
    return out;
}

template <class Curve>
ByteArray<AffinePoint<Curve>::kArchivedSize> AffinePoint<Curve>::to_archive() const {
    ByteArray<kArchivedSize> out;
    write_limbs_and_flag(*this, out);
    return out;
}

template <class Curve>
Result<AffinePoint<Curve>, DecodeError> AffinePoint<Curve>::from_archive(ByteView archive) {
    if (archive.size() != kArchivedSize) return fail(DecodeError::bad_length);
    const std::uint8_t infinity = archive[kUncompressedSize];
    if (infinity > 1) return fail(DecodeError::bad_flags);
    Blst point{};
    std::size_t at = 0;
    for (Fp* part : parts(point)) {
        const auto value = fp_from_limbs(archive.subspan(at).first<kFpSize>());
        if (!value) return fail(DecodeError::not_canonical);
        *part = *value;
        at += kFpSize;
    }
    if (infinity == 1) return identity();
    if (!equal(square(point.y), right_side<Curve>(point.x))) return fail(DecodeError::not_on_curve);
    const AffinePoint out = from_blst_unchecked(point);
    if (!out.is_in_subgroup()) return fail(DecodeError::not_in_subgroup);
    return out;
}

template <class Curve>
bool AffinePoint<Curve>::is_on_curve() const {
    return Curve::affine_on_curve(&point_);
}

template <class Curve>
bool AffinePoint<Curve>::is_in_subgroup() const {
    if constexpr (std::is_same_v<Curve, G1Curve>) {
        return is_in_g1(point_);
    } else {
        return Curve::affine_in_subgroup(&point_);
    }
}

template <class Curve>
AffinePoint<Curve> AffinePoint<Curve>::operator-() const {
    return from_blst_unchecked({point_.x, negate(point_.y)});
}

template <class Curve>
ProjectivePoint<Curve> ProjectivePoint<Curve>::times(const Fq& scalar) const {
    Secret bytes(scalar.to_bytes());
    ProjectivePoint out;
    Curve::multiply(&out.point_, &point_, bytes.reveal().data(), 255);
    return out;
}

template <class Curve>
ProjectivePoint<Curve> ProjectivePoint<Curve>::times_short(ByteView scalar) const {
    ProjectivePoint out;
    Curve::multiply(&out.point_, &point_, scalar.data(), 8 * scalar.size());
    return out;
}

template <class Curve>
ProjectivePoint<Curve> ProjectivePoint<Curve>::sum(std::span<const Affine> points) {
    static_assert(sizeof(Affine) == sizeof(typename Affine::Blst));
    ProjectivePoint out;
    if (points.empty()) return out;
    // A null pointer tells blst that the rest follows the first one in memory.
    const std::array<const typename Affine::Blst*, 2> contiguous{&points.front().blst(), nullptr};
    Curve::sum(&out.point_, contiguous.data(), points.size());
    return out;
}

template <class Curve>
ProjectivePoint<Curve> ProjectivePoint<Curve>::sum_of_products_vartime(std::span<const Affine> points,
                                                                       std::span<const Fq> scalars) {
    std::vector<ByteArray<32>> integers;
    integers.reserve(scalars.size());
    for (const Fq& scalar : scalars) integers.push_back(scalar.to_bytes());
    return ProjectivePoint::from_blst_unchecked(pippenger<Curve, 32>(points, integers, 255));
}

template <class Curve>
ProjectivePoint<Curve> ProjectivePoint<Curve>::sum_of_short_products_vartime(std::span<const Affine> points,
                                                                             std::span<const ByteArray<16>> scalars) {
    return ProjectivePoint::from_blst_unchecked(pippenger<Curve, 16>(points, scalars, 128));
}

template <class Curve>
AffinePoint<Curve> ProjectivePoint<Curve>::to_affine() const {
    typename Affine::Blst out;
    Curve::to_affine(&out, &point_);
    return Affine::from_blst_unchecked(out);
}

template <class Curve>
std::vector<AffinePoint<Curve>> ProjectivePoint<Curve>::batch_to_affine(std::span<const ProjectivePoint> points) {
    std::vector<typename Affine::Blst> converted(points.size());
    if (points.empty()) return {};
    static_assert(sizeof(ProjectivePoint) == sizeof(Blst));
    const std::array<const Blst*, 2> contiguous{&points.front().point_, nullptr};
    Curve::batch_to_affine(converted.data(), contiguous.data(), points.size());
    std::vector<Affine> out;
    out.reserve(converted.size());
    for (const auto& point : converted) out.push_back(Affine::from_blst_unchecked(point));
    return out;
}

template struct CompressedPoint<G1Curve>;
template struct CompressedPoint<G2Curve>;
template class AffinePoint<G1Curve>;
template class ProjectivePoint<G1Curve>;
template class AffinePoint<G2Curve>;
template class ProjectivePoint<G2Curve>;

}  // namespace dusk::crypto
