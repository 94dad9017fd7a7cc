// Scalar multiplication on JubJub, as fast as we can. The projective coordinates of the results are unspecified;
// where they are observable crypto/jubjub_exact.hpp has those of the network (spec/crypto.md §5.4).
//
// k P means the multiple by the canonical integer k, also for points with a torsion part. Functions are constant
// time in the scalar and the point, except where the name says `vartime`: those are for public values.
#pragma once

#include <memory>

#include "crypto/jubjub.hpp"

namespace dusk::crypto {

// Multiples of a base that is used often. Building one costs about as much as 30 of its multiplications.
class JubJubFixedBase {
  public:
    explicit JubJubFixedBase(const JubJubAffine& base);

    [[nodiscard]] JubJubExtended multiply(const Fr& k) const;
    [[nodiscard]] JubJubExtended multiply_vartime(const Fr& k) const;
    // The multiple of the base by an odd number below 2^(kNafWidth - 1), for sums of multiples.
    static constexpr int kNafWidth = 9;
    [[nodiscard]] const JubJubAffineNiels& odd_multiple(std::size_t number) const { return (*odd_)[number / 2]; }

    static constexpr int kWindow = 5;
    static constexpr std::size_t kEntries = 1 << (kWindow - 1);
    static constexpr std::size_t kWindows = 51;  // 255 bits: the scalar and a carry

    // windows[i][j] = (j + 1) 32^i base
    using Windows = std::array<std::array<JubJubAffineNiels, kEntries>, kWindows>;
    [[nodiscard]] const Windows& windows() const { return *windows_; }

  private:
    std::unique_ptr<const Windows> windows_;
    std::unique_ptr<const std::array<JubJubAffineNiels, 1 << (kNafWidth - 2)>> odd_;
};

// The tables of G and G', built at the first use.
[[nodiscard]] const JubJubFixedBase& generator_multiples();
[[nodiscard]] const JubJubFixedBase& generator_nums_multiples();

// k G and k G'.
[[nodiscard]] inline JubJubExtended multiply_generator(const Fr& k) { return generator_multiples().multiply(k); }
[[nodiscard]] inline JubJubExtended multiply_generator_nums(const Fr& k) {
    return generator_nums_multiples().multiply(k);
}

// k P
[[nodiscard]] JubJubExtended multiply(const JubJubExtended& p, const Fr& k);
[[nodiscard]] JubJubExtended multiply_vartime(const JubJubExtended& p, const Fr& k);
// a B + b P for a fixed base B, and a P + b Q.
[[nodiscard]] JubJubExtended multiply_add_vartime(const JubJubFixedBase& base, const Fr& a, const JubJubExtended& p,
                                                  const Fr& b);
[[nodiscard]] JubJubExtended multiply_add_vartime(const JubJubExtended& p, const Fr& a, const JubJubExtended& q,
                                                  const Fr& b);

// The shared point of a Diffie-Hellman exchange, k P in affine form (§5.5).
[[nodiscard]] inline JubJubAffine dhke(const Fr& secret, const JubJubExtended& other) {
    return multiply(other, secret).to_affine();
}

}  // namespace dusk::crypto
