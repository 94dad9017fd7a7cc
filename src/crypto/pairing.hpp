// Pairings e: G1 x G2 -> Gt of BLS12-381: spec/crypto.md §3. The network only ever asks whether a product of pairings
// is one, so nothing else is offered. A pair with the identity on either side contributes one.
#pragma once

#include <span>
#include <vector>

#include "crypto/g1.hpp"
#include "crypto/g2.hpp"

namespace dusk::crypto {

// The lines of the Miller loop of one G2 point, computed once for many pairings: 20 kB.
class G2Prepared {
  public:
    static constexpr std::size_t kLines = 68;  // 63 doublings and 5 additions of |x| = 0xd201000000010000
    static constexpr std::size_t kRawSize = 288 * kLines;

    explicit G2Prepared(const G2Affine& q);
    [[nodiscard]] static const G2Prepared& generator();

    // Of the identity, which has no lines.
    [[nodiscard]] bool is_identity() const { return lines_.empty(); }
    // Three Fp2 numbers each, as blst has them. Empty for the identity.
    [[nodiscard]] std::span<const blst_fp6> lines() const { return lines_; }

    // The form inside serialized PLONK keys: for every line the coefficients of y_P, of x_P and the constant, 288
    // bytes, each Fp2 number as the Montgomery limbs of c0 and c1, little-endian. The identity is not told from the
    // generator, whose lines stand in its place.
    [[nodiscard]] std::vector<std::uint8_t> to_raw_bytes() const;

  private:
    std::vector<blst_fp6> lines_;
};

// One factor of a product. `q` is not owned.
struct PairingTerm {
    G1Affine p;
    const G2Prepared* q;
};

// A product of pairings before the final exponentiation.
class MillerValue {
  public:
    MillerValue();  // one
    explicit MillerValue(const blst_fp12& value) : value_(value) {}

    MillerValue& operator*=(const MillerValue& other);
    // Whether the product of pairings is one: the final exponentiation, two thirds of the time of a pairing.
    [[nodiscard]] bool is_one() const;

  private:
    blst_fp12 value_;
};

// The Miller loops of all terms in one, sharing the squarings.
[[nodiscard]] MillerValue miller_loop(std::span<const PairingTerm> terms);

[[nodiscard]] bool pairing_product_is_one(std::span<const PairingTerm> terms);
// Of e(ps[i], qs[i]); of slices of different length the shorter one counts.
[[nodiscard]] bool pairing_product_is_one(std::span<const G1Affine> ps, std::span<const G2Affine> qs);

}  // namespace dusk::crypto
