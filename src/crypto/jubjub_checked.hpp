// A point together with what is known of it, so that nothing is computed twice: its affine form, and whether it has
// prime order (torsion free and not the identity). What a verifier asks of every key and signature is answered when
// the value is made.
#pragma once

#include "crypto/jubjub.hpp"

namespace dusk::crypto {

class CheckedPoint {
  public:
    CheckedPoint() = default;  // the identity

    // The caller knows that P is torsion free. The affine form of P may be given with it.
    [[nodiscard]] static CheckedPoint torsion_free(const JubJubExtended& p) { return torsion_free(p, p.to_affine()); }
    [[nodiscard]] static CheckedPoint torsion_free(const JubJubExtended& p, const JubJubAffine& affine) {
        return {p, affine, !affine.is_identity()};
    }
    // Any point of the curve: one subgroup test.
    [[nodiscard]] static CheckedPoint of(const JubJubExtended& p) {
        const JubJubAffine affine = p.to_affine();
        return {p, affine, affine.is_prime_order()};
    }

    // 32 bytes by the strict or lax rule; errors as there (crypto/jubjub.hpp).
    [[nodiscard]] static Result<CheckedPoint, DecodeError> from_bytes_strict(ByteView bytes) {
        return transform(JubJubAffine::from_bytes_strict(bytes),
                         [](const JubJubAffine& p) { return torsion_free(p, p); });
    }
    [[nodiscard]] static Result<CheckedPoint, DecodeError> from_bytes_lax(ByteView bytes) {
        return transform(JubJubAffine::from_bytes_lax(bytes),
                         [](const JubJubAffine& p) { return CheckedPoint{p, p, p.is_prime_order()}; });
    }
    // 160 bytes, which may be any point of the curve; errors as of `JubJubExtended::from_archive`.
    [[nodiscard]] static Result<CheckedPoint, DecodeError> from_archive(ByteView archive) {
        return transform(JubJubExtended::from_archive(archive), of);
    }

    [[nodiscard]] const JubJubExtended& extended() const { return extended_; }
    [[nodiscard]] const JubJubAffine& affine() const { return affine_; }
    [[nodiscard]] bool is_prime_order() const { return prime_order_; }
    [[nodiscard]] ByteArray<JubJubAffine::kSize> to_bytes() const { return affine_.to_bytes(); }
    // With the coordinates that the point came with.
    [[nodiscard]] ByteArray<JubJubExtended::kArchivedSize> to_archive() const { return extended_.to_archive(); }
    friend bool operator==(const CheckedPoint& a, const CheckedPoint& b) { return a.affine_ == b.affine_; }

  private:
    CheckedPoint(const JubJubExtended& p, const JubJubAffine& affine, bool prime_order)
        : extended_(p), affine_(affine), prime_order_(prime_order) {}

    JubJubExtended extended_;
    JubJubAffine affine_;
    bool prime_order_ = false;
};

}  // namespace dusk::crypto
