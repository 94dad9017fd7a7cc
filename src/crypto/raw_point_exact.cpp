// The test of a raw point by the limb arithmetic of the network, spec/crypto.md §18.
#include "crypto/exact_point.hpp"
#include "crypto/raw_point.hpp"

namespace dusk::crypto {
namespace {

// (p - 1) / divisor, which leaves no remainder for 2 and 3.
constexpr UnreducedFp::Limbs p_minus_1_over(std::uint64_t divisor) {
    UnreducedFp::Limbs out{};
    detail::u128 remainder = 0;
    for (std::size_t i = 6; i-- > 0;) {
        const std::uint64_t limb = FpParams::modulus[i] - (i == 0 ? 1 : 0);
        const detail::u128 dividend = remainder << 64 | limb;
        out[i] = static_cast<std::uint64_t>(dividend / divisor);
        remainder = dividend % divisor;
    }
    return out;
}

bool is_torsion_free(const ExactPoint<G1Rule>& p) {
    constexpr UnreducedFp kBeta(UnreducedFp::Limbs{0x30f1361b798a64e8, 0xf3b8ddab7ece5a2a, 0x16a8ca3ac61577f7,
                                                   0xc26a2ff874fd029b, 0x3636b76660701c6e, 0x051ba4ab241b6160});
    ExactPoint<G1Rule> minus_x_squared = p.times_x().times_x();
    minus_x_squared.y = -minus_x_squared.y;
    return minus_x_squared == ExactPoint<G1Rule>{p.x * kBeta, p.y, UnreducedFp::one()};
}

bool is_torsion_free(const ExactPoint<G2Rule>& p) {
    static const UnreducedFp2 one_plus_i{UnreducedFp::one(), UnreducedFp::one()};
    static const UnreducedFp2 cx = inverse_or_zero(power(one_plus_i, p_minus_1_over(3)));
    static const UnreducedFp2 cy = inverse_or_zero(power(one_plus_i, p_minus_1_over(2)));
    const ExactPoint<G2Rule> psi{p.x.conjugate() * cx, p.y.conjugate() * cy, p.z.conjugate()};
    return psi == p.times_x();
}

template <class Rule>
bool is_valid_affine(const typename Rule::Number& x, const typename Rule::Number& y) {
    const ExactPoint<Rule> p{x, y, Rule::one()};
    return is_torsion_free(p) && p.is_on_curve();
}

}  // namespace

bool is_valid_by_exact_arithmetic(const RawG1& point) {
    const auto& [x, y] = point.numbers();
    return point.infinity() == 0 && is_valid_affine<G1Rule>(x, y);
}

bool is_valid_by_exact_arithmetic(const RawG2& point) {
    const auto& [x0, x1, y0, y1] = point.numbers();
    return point.infinity() == 0 && is_valid_affine<G2Rule>({x0, x1}, {y0, y1});
}

}  // namespace dusk::crypto
