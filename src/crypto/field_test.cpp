#include "crypto/field.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/cpu.hpp"
#include "crypto/unreduced.hpp"

namespace dusk::crypto {
namespace {

// Uniform elements, with the ends of the range of canonical and of Montgomery integers mixed in.
template <class F>
F any() {
    const Limbs4 limbs = *rc::gen::container<Limbs4>(rc::gen::arbitrary<std::uint64_t>());
    switch (*rc::gen::inRange(0, 16)) {
        case 0:
            return F::zero();
        case 1:
            return -F::one();
        case 2:
            return F::from_montgomery({1, 0, 0, 0});
        case 3:
            return -F::from_montgomery({1, 0, 0, 0});
        case 4:
            return F::from_u64(limbs[0]);
        default:
            return F::from_raw(limbs);
    }
}

// Runs a property with every set of instructions that the CPU has.
template <class Property>
void on_every_path(const Property& property) {
    const CpuFeatures all = cpu_features();
    property();
    set_cpu_features({});
    try {
        property();
    } catch (...) {
        set_cpu_features(all);
        throw;
    }
    set_cpu_features(all);
}

template <class F>
void ring_laws() {
    const F a = any<F>();
    const F b = any<F>();
    const F c = any<F>();
    on_every_path([&] {
        RC_ASSERT(a + b == b + a);
        RC_ASSERT((a + b) + c == a + (b + c));
        RC_ASSERT(a - b == a + (-b));
        RC_ASSERT(a - a == F::zero());
        RC_ASSERT(a * b == b * a);
        RC_ASSERT((a * b) * c == a * (b * c));
        RC_ASSERT(a * (b + c) == a * b + a * c);
        RC_ASSERT(a * F::one() == a);
        RC_ASSERT(a.square() == a * a);
        RC_ASSERT(a.doubled() == a + a);
    });
}
RC_GTEST_PROP(Field, FqIsARing, ()) { ring_laws<Fq>(); }
RC_GTEST_PROP(Field, FrIsARing, ()) { ring_laws<Fr>(); }

// Another implementation: product first, then the reduction, without the shortcuts for the modulus.
template <class F>
void multiplies_like_unreduced() {
    const F a = any<F>();
    const F b = any<F>();
    on_every_path([&] { RC_ASSERT((a * b).montgomery() == (unreduced(a) * unreduced(b)).limbs()); });
}
RC_GTEST_PROP(Field, FqMultipliesLikeTheSlowPath, ()) { multiplies_like_unreduced<Fq>(); }
RC_GTEST_PROP(Field, FrMultipliesLikeTheSlowPath, ()) { multiplies_like_unreduced<Fr>(); }

template <class F, std::size_t N>
void dot_is_a_sum_of_products() {
    std::array<F, N> a;
    std::array<F, N> b;
    F expected;
    for (std::size_t i = 0; i < N; ++i) {
        a[i] = any<F>();
        b[i] = any<F>();
        expected += a[i] * b[i];
    }
    on_every_path([&] { RC_ASSERT((F::dot(std::span<const F, N>(a), std::span<const F, N>(b))) == expected); });
}
RC_GTEST_PROP(Field, DotIsASumOfProducts, ()) {
    dot_is_a_sum_of_products<Fq, 1>();
    dot_is_a_sum_of_products<Fq, 2>();
    dot_is_a_sum_of_products<Fq, 3>();
    dot_is_a_sum_of_products<Fq, 5>();
    dot_is_a_sum_of_products<Fq, 6>();
    dot_is_a_sum_of_products<Fr, 6>();
}
TEST(Field, DotOfTheLargestOperands) {
    const Fq top = -Fq::from_montgomery({1, 0, 0, 0});
    const std::array<Fq, 6> a{top, top, top, top, top, top};
    on_every_path(
        [&] { EXPECT_EQ(Fq::dot(std::span<const Fq, 6>(a), std::span<const Fq, 6>(a)), top * top * Fq::from_u64(6)); });
}

template <class F>
void encodings_round_trip() {
    const F a = any<F>();
    RC_ASSERT(F::from_bytes(a.to_bytes()).value() == a);
    RC_ASSERT(F::from_raw(a.to_integer()) == a);
    ByteArray<32> be = a.to_be_bytes();
    std::ranges::reverse(be);
    RC_ASSERT(be == a.to_bytes());
}
RC_GTEST_PROP(Field, FqEncodingsRoundTrip, ()) { encodings_round_trip<Fq>(); }
RC_GTEST_PROP(Field, FrEncodingsRoundTrip, ()) { encodings_round_trip<Fr>(); }

TEST(Field, OneIsTheUnit) {
    const Fq x = Fq::hash_to_scalar(as_bytes("x"));
    EXPECT_EQ(x * Fq::one(), x);
    EXPECT_EQ(x * x.invert().value(), Fq::one());
    EXPECT_FALSE(Fq::zero().invert());
}

TEST(Field, ArithmeticIsConstexpr) {
    static_assert(Fq::from_u64(3) * Fq::from_u64(5) == Fq::from_u64(15));
    static_assert(Fr::from_u64(3) - Fr::from_u64(5) == -Fr::from_u64(2));
}

}  // namespace
}  // namespace dusk::crypto
