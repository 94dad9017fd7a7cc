// Points of G1 and G2 as contracts hand them over: any limbs, any infinity byte, spec/crypto.md §18. Trusted files hold
// points in the same form (§3).
//
// The network neither reduces such limbs first nor rejects them; what its unchecked arithmetic makes of them decides.
// `is_valid` and `to_compressed` repeat that exactly; the checked types take over from `validated`.
#pragma once

#include <optional>

#include "crypto/g1.hpp"
#include "crypto/g2.hpp"
#include "crypto/unreduced.hpp"

namespace dusk::crypto {

template <class Curve>
class RawPoint {
  public:
    using Affine = AffinePoint<Curve>;
    static constexpr std::size_t kNumbers = 2 * Affine::kDegree;

    // x.c0, x.c1, y.c0, y.c1 (G2) or x, y (G1), then the infinity byte.
    RawPoint(const std::array<UnreducedFp, kNumbers>& numbers, std::uint8_t infinity)
        : numbers_(numbers), infinity_(infinity) {}

    // rkyv archive: 104 bytes (G1) or 200 (G2); the padding is not looked at. Errors: bad_length.
    [[nodiscard]] static Result<RawPoint, DecodeError> from_archive(ByteView archive);
    // The raw form of 97 or 193 bytes, or whatever is there of it: words that are missing are zero, as is the infinity
    // byte of a short slice. Bytes beyond are ignored.
    [[nodiscard]] static RawPoint from_slice_unchecked(ByteView bytes);

    [[nodiscard]] const std::array<UnreducedFp, kNumbers>& numbers() const { return numbers_; }
    [[nodiscard]] std::uint8_t infinity() const { return infinity_; }
    // Whether all limbs are below p.
    [[nodiscard]] bool is_reduced() const;

    // What the network accepts as a key or signature: infinity byte zero, torsion free, on the curve. The identity is
    // not valid. Fast when all limbs are below p, a few milliseconds otherwise.
    [[nodiscard]] bool is_valid() const;
    // The same with the limbs reduced, when they are valid. That point is in the subgroup and not the identity.
    [[nodiscard]] std::optional<Affine> validated() const;
    // The compressed bytes as the network computes them; of points that are not valid they may not decode.
    [[nodiscard]] ByteArray<Affine::kCompressedSize> to_compressed() const;
    // The limbs and the infinity byte as they are, 7 bytes of padding.
    [[nodiscard]] ByteArray<Affine::kArchivedSize> to_archive() const;
    friend bool operator==(const RawPoint&, const RawPoint&) = default;

    // The point of limbs below p that come from a trusted source; nothing else is checked. None when they are not
    // below p or the infinity byte is neither 0 nor 1.
    [[nodiscard]] std::optional<Affine> to_affine_unchecked() const;

  private:
    std::array<UnreducedFp, kNumbers> numbers_;
    std::uint8_t infinity_;
};

using RawG1 = RawPoint<G1Curve>;
using RawG2 = RawPoint<G2Curve>;

// The rule of `is_valid` by the arithmetic of §18 alone, whatever the limbs: the slow path, and the reference for the
// fast one.
[[nodiscard]] bool is_valid_by_exact_arithmetic(const RawG1& point);
[[nodiscard]] bool is_valid_by_exact_arithmetic(const RawG2& point);

// Whether the network computes the same Miller loop for the point as for its reduced limbs. It need not, for valid
// points with limbs at or above p: a lost carry bends a line, and then no product of pairings with the point is one.
[[nodiscard]] bool lines_are_those_of_reduced_limbs(const RawG2& point);

extern template class RawPoint<G1Curve>;
extern template class RawPoint<G2Curve>;

}  // namespace dusk::crypto
