#include "plonk/points.hpp"

#include "crypto/jubjub_multiply.hpp"
#include "plonk/bits.hpp"
#include "plonk/point_chain.hpp"
#include "plonk/point_rows.hpp"

namespace dusk::plonk {

using crypto::Fr;
using crypto::JubJubAffine;
using crypto::JubJubExtended;

namespace {

constexpr Fq kMinusOne = -Fq::one();

// 1/8 modulo the order.
const Fr& eighth() {
    static const Fr value = *Fr::from_u64(8).invert();
    return value;
}

JubJubAffine affine_value(Composer& composer, const JubJubExtended& point) {
    if (point.z().is_zero()) {
        composer.fail(CircuitError::point_degenerate);
        return {};
    }
    if (point.z() == Fq::one()) return JubJubAffine::from_coordinates_unchecked(point.u(), point.v());
    return point.to_affine();
}

WitnessPoint append_affine(Composer& composer, const JubJubAffine& point) {
    const Witness u = composer.append(point.u());
    const Witness v = composer.append(point.v());
    return {u, v};
}

void assert_public_affine(Composer& composer, const WitnessPoint& point, const JubJubAffine& expected) {
    composer.assert_constant(point.u, Fq::zero(), expected.u());
    composer.assert_constant(point.v, Fq::zero(), expected.v());
}

}  // namespace

namespace detail {

WitnessPoint add_rows(Composer& composer, const WitnessPoint& p, const WitnessPoint& q, const JubJubAffine& sum) {
    const Witness product = composer.append(composer.value(p.u) * composer.value(q.v));
    const WitnessPoint out = append_affine(composer, sum);
    composer.variable_base_row({p.u, p.v, q.u, q.v});
    composer.empty_row({out.u, out.v, kZero, product});
    return out;
}

WitnessPoint pick(Composer& composer, Witness bit, const WitnessPoint& if_one) {
    const Witness u = select_zero(composer, bit, if_one.u);
    const Witness v = select_one(composer, bit, if_one.v);
    return {u, v};
}

}  // namespace detail

JubJubAffine value(const Composer& composer, const WitnessPoint& point) {
    return JubJubAffine::from_coordinates_unchecked(composer.value(point.u), composer.value(point.v));
}

WitnessPoint append_point(Composer& composer, const JubJubExtended& point) {
    return append_affine(composer, affine_value(composer, point));
}

WitnessPoint append_public_point(Composer& composer, const JubJubExtended& point) {
    const JubJubAffine affine = affine_value(composer, point);
    const WitnessPoint out = append_affine(composer, affine);
    assert_public_affine(composer, out, affine);
    return out;
}

void assert_public_point(Composer& composer, const WitnessPoint& point, const JubJubExtended& expected) {
    const Composer::Scope scope(composer, "public point");
    assert_public_affine(composer, point, affine_value(composer, expected));
}

TorsionFreeWitnessPoint append_constant_point(Composer& composer, const JubJubExtended& point) {
    const JubJubAffine affine = affine_value(composer, point);
    if (!affine.is_on_curve() || !affine.is_torsion_free()) composer.fail(CircuitError::point_not_torsion_free);
    const Witness u = composer.constant(affine.u());
    const Witness v = composer.constant(affine.v());
    return TorsionFreeWitnessPoint::unchecked({u, v});
}

void assert_equal_points(Composer& composer, const WitnessPoint& p, const WitnessPoint& q) {
    const Composer::Scope scope(composer, "equal points");
    composer.assert_equal(p.u, q.u);
    composer.assert_equal(p.v, q.v);
}

// P = 8 Q for a point Q of the curve: 8 times any point is torsion free.
TorsionFreeWitnessPoint assert_torsion_free(Composer& composer, const WitnessPoint& point) {
    const Composer::Scope scope(composer, "torsion free");
    const JubJubAffine p = value(composer, point);
    const JubJubAffine q = p.is_on_curve() ? crypto::multiply(p, eighth()).to_affine() : JubJubAffine();
    const WitnessPoint part = append_affine(composer, q);
    const Witness uu = composer.product(part.u, part.u);
    const Witness vv = composer.product(part.v, part.v);
    const Witness uuvv = composer.product(uu, vv);
    composer.arithmetic_row({.l = kMinusOne, .r = Fq::one(), .o = -crypto::kJubJubD, .c = kMinusOne}, {uu, vv, uuvv});
    auto multiple = TorsionFreeWitnessPoint::unchecked(part);
    for (int i = 0; i < 3; ++i) multiple = add(composer, multiple, multiple);
    assert_equal_points(composer, point, multiple);
    return TorsionFreeWitnessPoint::unchecked(point);
}

TorsionFreeWitnessPoint append_torsion_free_point(Composer& composer, const JubJubExtended& point) {
    return assert_torsion_free(composer, append_point(composer, point));
}

WitnessPoint select_point(Composer& composer, Witness bit, const WitnessPoint& if_one, const WitnessPoint& if_zero) {
    const Witness u = select(composer, bit, if_one.u, if_zero.u);
    const Witness v = select(composer, bit, if_one.v, if_zero.v);
    return {u, v};
}

TorsionFreeWitnessPoint select_identity(Composer& composer, Witness bit, const TorsionFreeWitnessPoint& if_one) {
    const Composer::Scope scope(composer, "select identity");
    assert_boolean(composer, bit);
    return TorsionFreeWitnessPoint::unchecked(detail::pick(composer, bit, if_one));
}

TorsionFreeWitnessPoint negate(Composer& composer, const TorsionFreeWitnessPoint& p) {
    return TorsionFreeWitnessPoint::unchecked({composer.output({.l = kMinusOne}, p.u()), p.v()});
}

TorsionFreeWitnessPoint add(Composer& composer, const TorsionFreeWitnessPoint& p, const TorsionFreeWitnessPoint& q) {
    const Composer::Scope scope(composer, "add");
    PointChain sum(1);
    sum.add(value(composer, p), to_niels(value(composer, q)));
    return TorsionFreeWitnessPoint::unchecked(detail::add_rows(composer, p, q, sum.to_affine()[0]));
}

TorsionFreeWitnessPoint subtract(Composer& composer, const TorsionFreeWitnessPoint& p,
                                 const TorsionFreeWitnessPoint& q) {
    return add(composer, p, negate(composer, q));
}

// Doubling and adding from the highest bit on. The values of all sums come first, the rows then.
TorsionFreeWitnessPoint mul_point(Composer& composer, Witness k, const TorsionFreeWitnessPoint& p) {
    const Composer::Scope scope(composer, "point multiplication");
    constexpr std::size_t kBits = 252;
    const auto bits = decompose<kBits>(composer, k);

    const JubJubAffine point = value(composer, p);
    PointChain chain(2 * kBits);
    JubJubExtended sum;
    for (std::size_t i = kBits; i-- > 0;) {
        sum = chain.add(sum, to_niels(sum));
        const Fq bit = composer.value(bits[i]);
        const JubJubAffine added =
            JubJubAffine::from_coordinates_unchecked(bit * point.u(), Fq::one() - bit + bit * point.v());
        sum = chain.add(sum, to_niels(added));
    }
    const PointChain::Affine values = chain.to_affine();

    WitnessPoint out = TorsionFreeWitnessPoint();
    for (std::size_t i = 0; i < kBits; ++i) {
        out = detail::add_rows(composer, out, out, values[2 * i]);
        const WitnessPoint added = detail::pick(composer, bits[kBits - 1 - i], p);
        out = detail::add_rows(composer, out, added, values[2 * i + 1]);
    }
    return TorsionFreeWitnessPoint::unchecked(out);
}

}  // namespace dusk::plonk
