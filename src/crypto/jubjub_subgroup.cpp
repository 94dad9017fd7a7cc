// Is P = 8 Q for a rational Q? JubJub's rational torsion is cyclic of order 8, so that is the question whether r P
// is the identity. 8 divides q - 1, and the reduced Tate pairing of P with a rational point T of order 8 answers
// it: f(P)^((q-1)/8) = 1, where f is the Miller function of T. docs/design/jubjub-subgroup.md has the derivation.
#include "crypto/jubjub.hpp"

namespace dusk::crypto {

namespace {

// T = (0x71d4df38ba9e7973eaaae086a16618d17aa41ac43dae8582d92e6a7927200d43,
//      0x2a94e9a11036e51a1c98a7d25c54659ec2b6b5720c79b75d00f2df96100b6924), 2 T = (i, 0) with i^2 = -1.
constexpr Fq kI = Fq::from_raw({0x0001000000000000, 0xec03000276030000, 0x8d51ccce760304d0, 0x0000000000000000});
// Twice the slope of the tangent at T in Montgomery coordinates.
constexpr Fq kSlope2 = Fq::from_raw({0xd31a67f47dc692f4, 0xffa18be859980f30, 0xf37f182b4943a240, 0x6b60a9c790101573});
// 1 / (16 B), B = -40964 the coefficient of the Montgomery curve.
constexpr Fq kScale = Fq::from_raw({0x9ffbe67fdca72f06, 0xd8c77224a321596a, 0x442d3a7e27eb7ac4, 0x59e75e555b532133});

// f(P) up to an eighth power. Zero exactly at the identity and some points of the torsion group.
Fq miller_value(const Fq& u, const Fq& v) {
    const Fq uv = u * v;
    const Fq iu = kI * u;
    const Fq w = Fq::one() - v;
    const Fq tangent_at_t = Fq::one() + v - kSlope2 * uv - iu * w;
    const Fq tangent_at_2t = Fq::one() + iu;
    const Fq m = (tangent_at_t * w).square() * w * tangent_at_2t * uv * v;
    return kScale * m.square() * w * (Fq::one() + v);
}

// (q - 1) / 8
constexpr Limbs4 kExponent = [] {
    Limbs4 e{};
    for (std::size_t i = 0; i < 4; ++i) {
        e[i] = Fq::kModulus[i] >> 3;  // the modulus is 1 modulo 8
        if (i < 3) e[i] |= Fq::kModulus[i + 1] << 61;
    }
    return e;
}();

}  // namespace

bool JubJubAffine::is_torsion_free() const {
    const Fq value = miller_value(u_, v_);
    if (value.is_zero()) return is_identity();
    return value.pow_vartime(kExponent) == Fq::one();
}

}  // namespace dusk::crypto
