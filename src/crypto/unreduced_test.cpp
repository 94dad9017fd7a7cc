#include "crypto/unreduced.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace dusk::crypto {
namespace {

template <class U>
U any_limbs() {
    return U(*rc::gen::container<typename U::Limbs>(rc::gen::arbitrary<std::uint64_t>()));
}

template <class F>
F any_element() {
    return F::from_raw(*rc::gen::container<Limbs4>(rc::gen::arbitrary<std::uint64_t>()));
}

TEST(Unreduced, ReducedMeansBelowTheModulus) {
    EXPECT_TRUE(UnreducedFq::zero().is_reduced());
    EXPECT_FALSE(UnreducedFq(FqParams::modulus).is_reduced());
    EXPECT_TRUE(UnreducedFq((-Fq::one()).montgomery()).is_reduced());
    Limbs4 below = FqParams::modulus;
    below[0] -= 1;
    EXPECT_TRUE(UnreducedFq(below).is_reduced());
    EXPECT_FALSE(UnreducedFp(UnreducedFp::kModulus).is_reduced());
    EXPECT_FALSE(UnreducedFq({~0ULL, ~0ULL, ~0ULL, ~0ULL}).is_reduced());
}

TEST(Unreduced, TheModulusIsNotZeroButEncodesAsZero) {
    const UnreducedFq q(FqParams::modulus);
    EXPECT_FALSE(q.is_zero());
    EXPECT_NE(q, UnreducedFq::zero());
    EXPECT_EQ(q.to_bytes(), ByteArray<32>{});
    EXPECT_EQ(invert(q), UnreducedFq::zero());
    EXPECT_EQ(-q, UnreducedFq::zero());
}

TEST(Unreduced, FpSubtractionNegatesFirst) {
    // 0 - (p + 1): p - b wraps around 2^384 to all ones, of which the addition takes p once.
    UnreducedFp::Limbs above = UnreducedFp::kModulus;
    above[0] += 1;
    UnreducedFp::Limbs expected{};
    for (std::size_t i = 0; i < expected.size(); ++i) expected[i] = ~UnreducedFp::kModulus[i];
    EXPECT_EQ(UnreducedFp::zero() - UnreducedFp(above), UnreducedFp(expected));
    // The scalar fields add the modulus back instead, once.
    Limbs4 above_q = FqParams::modulus;
    above_q[0] += 1;
    EXPECT_EQ((UnreducedFq::zero() - UnreducedFq(above_q)).limbs(), (Limbs4{~0ULL, ~0ULL, ~0ULL, ~0ULL}));
}

template <class F, class U>
void equals_field() {
    const F a = any_element<F>();
    const F b = any_element<F>();
    const U x = unreduced(a);
    const U y = unreduced(b);
    RC_ASSERT((x + y).limbs() == (a + b).montgomery());
    RC_ASSERT((x - y).limbs() == (a - b).montgomery());
    RC_ASSERT((x * y).limbs() == (a * b).montgomery());
    RC_ASSERT((-x).limbs() == (-a).montgomery());
    RC_ASSERT(x.to_bytes() == a.to_bytes());
    RC_ASSERT(x.to_be_bytes() == a.to_be_bytes());
    RC_ASSERT(reduced(x) == a);
    RC_ASSERT(x.is_reduced());
}
RC_GTEST_PROP(Unreduced, OnReducedLimbsItIsFq, ()) { equals_field<Fq, UnreducedFq>(); }
RC_GTEST_PROP(Unreduced, OnReducedLimbsItIsFr, ()) { equals_field<Fr, UnreducedFr>(); }

RC_GTEST_PROP(Unreduced, EncodingIsCanonicalForAnyLimbs, ()) {
    const auto x = any_limbs<UnreducedFq>();
    RC_ASSERT(Fq::from_bytes(x.to_bytes()).has_value());
    RC_ASSERT(reduced(x) == Fq::from_bytes(x.to_bytes()).value());
    RC_ASSERT(UnreducedFq(x.archived()) == x);
}

RC_GTEST_PROP(Unreduced, ChainInvertsReducedLimbs, ()) {
    const Fq a = any_element<Fq>();
    RC_PRE(!a.is_zero());
    RC_ASSERT(invert(unreduced(a)).value().limbs() == a.invert().value().montgomery());
}

RC_GTEST_PROP(Unreduced, SumOfProductsOfReducedLimbs, ()) {
    const auto reduce = [](const UnreducedFp& x) { return x * UnreducedFp::one(); };
    UnreducedFp x[4];
    for (auto& v : x) {
        v = any_limbs<UnreducedFp>();
        // Below 2^380, so that one multiplication by one reduces it.
        typename UnreducedFp::Limbs limbs = v.limbs();
        limbs[5] >>= 4;
        v = reduce(UnreducedFp(limbs));
    }
    RC_ASSERT(UnreducedFp::sum_of_products(x[0], x[1], x[2], x[3]) == x[0] * x[1] + x[2] * x[3]);
}

}  // namespace
}  // namespace dusk::crypto
