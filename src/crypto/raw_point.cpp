#include "crypto/raw_point.hpp"

#include <algorithm>

namespace dusk::crypto {
namespace {

template <class Curve>
std::array<UnreducedFp, RawPoint<Curve>::kNumbers> numbers_of(ByteView limbs) {
    std::array<UnreducedFp, RawPoint<Curve>::kNumbers> out;
    for (UnreducedFp& number : out) {
        number = UnreducedFp(limbs.first<kFpSize>());
        limbs = limbs.subspan(kFpSize);
    }
    return out;
}

Fp reduce(const UnreducedFp& number) {
    Fp out;
    blst_fp_from_uint64(&out, number.to_integer().data());
    return out;
}

blst_p1_affine reduce(const std::array<UnreducedFp, 2>& numbers) { return {reduce(numbers[0]), reduce(numbers[1])}; }
blst_p2_affine reduce(const std::array<UnreducedFp, 4>& numbers) {
    return {{{reduce(numbers[0]), reduce(numbers[1])}}, {{reduce(numbers[2]), reduce(numbers[3])}}};
}

// Limbs below p, which are what blst has in memory.
Fp as_it_is(const UnreducedFp& number) {
    Fp out;
    std::ranges::copy(number.limbs(), out.l);
    return out;
}

blst_p1_affine as_they_are(const std::array<UnreducedFp, 2>& n) { return {as_it_is(n[0]), as_it_is(n[1])}; }
blst_p2_affine as_they_are(const std::array<UnreducedFp, 4>& n) {
    return {{{as_it_is(n[0]), as_it_is(n[1])}}, {{as_it_is(n[2]), as_it_is(n[3])}}};
}

bool is_lexicographically_largest(const UnreducedFp& y) { return crypto::is_lexicographically_largest(reduce(y)); }

// c1 counts as zero only when its limbs are, not when it is a multiple of p.
template <std::size_t N>
bool y_is_lexicographically_largest(const std::array<UnreducedFp, N>& numbers) {
    if constexpr (N == 2) return is_lexicographically_largest(numbers[1]);
    if constexpr (N == 4) {
        return is_lexicographically_largest(numbers[3]) ||
               (numbers[3].is_zero() && is_lexicographically_largest(numbers[2]));
    }
}

}  // namespace

template <class Curve>
Result<RawPoint<Curve>, DecodeError> RawPoint<Curve>::from_archive(ByteView archive) {
    if (archive.size() != Affine::kArchivedSize) return fail(DecodeError::bad_length);
    return RawPoint(numbers_of<Curve>(archive), archive[Affine::kUncompressedSize]);
}

template <class Curve>
RawPoint<Curve> RawPoint<Curve>::from_slice_unchecked(ByteView bytes) {
    ByteArray<Affine::kUncompressedSize> limbs{};
    const std::size_t whole_words = std::min(bytes.size(), limbs.size()) / 8 * 8;
    std::ranges::copy(bytes.first(whole_words), limbs.begin());
    const bool has_flag = bytes.size() >= Affine::kRawSize;
    return RawPoint(numbers_of<Curve>(limbs), has_flag ? bytes[Affine::kUncompressedSize] : std::uint8_t{0});
}

template <class Curve>
bool RawPoint<Curve>::is_reduced() const {
    return std::ranges::all_of(numbers_, [](const UnreducedFp& number) { return number.is_reduced(); });
}

template <class Curve>
ByteArray<AffinePoint<Curve>::kArchivedSize> RawPoint<Curve>::to_archive() const {
    ByteArray<Affine::kArchivedSize> out{};
    auto place = out.begin();
    for (const UnreducedFp& number : numbers_) place = std::ranges::copy(number.archived(), place).out;
    *place = infinity_;
    return out;
}

template <class Curve>
std::optional<AffinePoint<Curve>> RawPoint<Curve>::to_affine_unchecked() const {
    if (infinity_ > 1) return std::nullopt;
    if (!is_reduced()) return std::nullopt;
    if (infinity_ == 1) return Affine::identity();
    return Affine::from_blst_unchecked(as_they_are(numbers_));
}

template <class Curve>
bool RawPoint<Curve>::is_valid() const {
    return validated().has_value();
}

template <class Curve>
std::optional<AffinePoint<Curve>> RawPoint<Curve>::validated() const {
    if (infinity_ != 0) return std::nullopt;
    if (!is_reduced() && !is_valid_by_exact_arithmetic(*this)) return std::nullopt;
    const Affine point = Affine::from_blst_unchecked(reduce(numbers_));
    // (0, 0) is the identity to blst, here it is a point off the curve. After the slow path these checks only state
    // the invariant of the type: its outcome is right modulo p unless a carry was lost.
    if (point.is_identity() || !point.is_on_curve() || !point.is_in_subgroup()) return std::nullopt;
    return point;
}

template <class Curve>
ByteArray<AffinePoint<Curve>::kCompressedSize> RawPoint<Curve>::to_compressed() const {
    // The network selects between x and zero by masks made of the infinity byte, which is meant to be 0 or 1. Of other
    // values this leaves the bits of `infinity - 1` in every limb, and bit 6 of `-infinity` in the first byte.
    const std::uint64_t keep = std::uint64_t{infinity_} - 1;
    ByteArray<Affine::kCompressedSize> out;
    for (std::size_t i = 0; i < Affine::kDegree; ++i) {
        UnreducedFp::Limbs limbs = numbers_[i].limbs();
        for (std::uint64_t& limb : limbs) limb &= keep;
        const auto bytes = UnreducedFp(limbs).to_be_bytes();
        const std::size_t place = Affine::kDegree - 1 - i;  // c1 comes first
        std::ranges::copy(bytes, out.begin() + static_cast<std::ptrdiff_t>(kFpSize * place));
    }
    out[0] |= 0x80;
    out[0] |= static_cast<std::uint8_t>(-infinity_) & 0x40;
    if ((infinity_ & 1) == 0 && y_is_lexicographically_largest(numbers_)) out[0] |= 0x20;
    return out;
}

template class RawPoint<G1Curve>;
template class RawPoint<G2Curve>;

}  // namespace dusk::crypto
