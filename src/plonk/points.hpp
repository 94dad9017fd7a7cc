// Gadgets on points of JubJub: spec/plonk-sound.md §5. Point (u, v) is (x, y) there.
//
// A point is untyped, any two numbers, or torsion free: in the prime-order subgroup, the identity included. Arithmetic
// takes torsion-free points only, and nothing turns an untyped point into one implicitly.
#pragma once

#include "crypto/jubjub.hpp"
#include "plonk/composer.hpp"

namespace dusk::plonk {

struct WitnessPoint {
    Witness u, v;
    friend bool operator==(const WitnessPoint&, const WitnessPoint&) = default;
};

class TorsionFreeWitnessPoint {
  public:
    constexpr TorsionFreeWitnessPoint() : point_{kZero, kOne} {}  // the identity
    // Only for a point that something else keeps in the subgroup: rows of the circuit, or every verifier for a public
    // one.
    [[nodiscard]] static constexpr TorsionFreeWitnessPoint unchecked(const WitnessPoint& point) {
        TorsionFreeWitnessPoint out;
        out.point_ = point;
        return out;
    }

    constexpr operator const WitnessPoint&() const { return point_; }
    [[nodiscard]] constexpr const Witness& u() const { return point_.u; }
    [[nodiscard]] constexpr const Witness& v() const { return point_.v; }

  private:
    WitnessPoint point_;
};

// The coordinates that the witnesses have: on the curve or not.
[[nodiscard]] crypto::JubJubAffine value(const Composer& composer, const WitnessPoint& point);

// Error of the composer for each of the three: point_degenerate when z = 0.
[[nodiscard]] WitnessPoint append_point(Composer& composer, const crypto::JubJubExtended& point);         // no row
[[nodiscard]] WitnessPoint append_public_point(Composer& composer, const crypto::JubJubExtended& point);  // 2 rows
void assert_public_point(Composer& composer, const WitnessPoint& point, const crypto::JubJubExtended& expected);  // 2
// 2 rows. Errors of the composer: point_degenerate, point_not_torsion_free.
[[nodiscard]] TorsionFreeWitnessPoint append_constant_point(Composer& composer, const crypto::JubJubExtended& point);

void assert_equal_points(Composer& composer, const WitnessPoint& p, const WitnessPoint& q);  // 2 rows
// P is on the curve and in the subgroup; the identity passes. 12 rows.
[[nodiscard]] TorsionFreeWitnessPoint assert_torsion_free(Composer& composer, const WitnessPoint& point);
// A private point that is asserted at once.
[[nodiscard]] TorsionFreeWitnessPoint append_torsion_free_point(Composer& composer,
                                                                const crypto::JubJubExtended& point);

// Nobody asks here whether `bit` is 0 or 1. 8 rows.
[[nodiscard]] WitnessPoint select_point(Composer& composer, Witness bit, const WitnessPoint& if_one,
                                        const WitnessPoint& if_zero);
// P or the identity. `bit` is 0 or 1. 3 rows.
[[nodiscard]] TorsionFreeWitnessPoint select_identity(Composer& composer, Witness bit,
                                                      const TorsionFreeWitnessPoint& if_one);

[[nodiscard]] TorsionFreeWitnessPoint negate(Composer& composer, const TorsionFreeWitnessPoint& p);  // 1 row
[[nodiscard]] TorsionFreeWitnessPoint add(Composer& composer, const TorsionFreeWitnessPoint& p,
                                          const TorsionFreeWitnessPoint& q);  // 2 rows
[[nodiscard]] TorsionFreeWitnessPoint subtract(Composer& composer, const TorsionFreeWitnessPoint& p,
                                               const TorsionFreeWitnessPoint& q);  // 3 rows

// k P for the integer k, which is below 2^252. 2017 rows.
[[nodiscard]] TorsionFreeWitnessPoint mul_point(Composer& composer, Witness k, const TorsionFreeWitnessPoint& p);
// k G for a constant G; k is below the order of JubJub. 331 rows. The tables of the two generators of the network are
// made once; for another point a call makes its own. Errors of the composer: scalar_not_canonical,
// generator_not_prime_order.
[[nodiscard]] TorsionFreeWitnessPoint mul_generator(Composer& composer, Witness k,
                                                    const crypto::JubJubAffine& generator);

}  // namespace dusk::plonk
