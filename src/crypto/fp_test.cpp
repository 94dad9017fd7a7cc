#include "crypto/fp.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <vector>

#include "base/cpu.hpp"
#include "crypto/fp_inline.hpp"
#include "crypto/fp_mulx.hpp"
#include "crypto/unreduced.hpp"

namespace dusk::crypto {
namespace {

Fp random_fp() {
    UnreducedFp::Limbs limbs{};
    for (auto& limb : limbs) limb = *rc::gen::arbitrary<std::uint64_t>();
    Fp out;
    blst_fp_from_uint64(&out, limbs.data());
    return out;
}

UnreducedFp limbs_of(const Fp& a) {
    UnreducedFp::Limbs limbs{};
    std::ranges::copy(a.l, limbs.begin());
    return UnreducedFp(limbs);
}

// The arithmetic of blst against our own, which shares nothing with it.
RC_GTEST_PROP(FpArithmetic, AgreesWithPlainLimbs, ()) {
    const Fp a = random_fp();
    const Fp b = random_fp();
    RC_ASSERT(limbs_of(a).is_reduced());
    RC_ASSERT(limbs_of(add(a, b)) == limbs_of(a) + limbs_of(b));
    RC_ASSERT(limbs_of(multiply(a, b)) == limbs_of(a) * limbs_of(b));
    RC_ASSERT(limbs_of(square(a)) == limbs_of(a).square());
    RC_ASSERT(limbs_of(negate(a)) == -limbs_of(a));
    RC_ASSERT(encode_fp(a) == limbs_of(a).to_be_bytes());
}

RC_GTEST_PROP(FpArithmetic, ExtensionMultipliesByTheRuleOfI, ()) {
    const Fp2 a{{random_fp(), random_fp()}};
    const Fp2 b{{random_fp(), random_fp()}};
    const Fp2 product = multiply(a, b);
    RC_ASSERT(equal(product.fp[0], add(multiply(a.fp[0], b.fp[0]), negate(multiply(a.fp[1], b.fp[1])))));
    RC_ASSERT(equal(product.fp[1], add(multiply(a.fp[0], b.fp[1]), multiply(a.fp[1], b.fp[0]))));
    RC_ASSERT(equal(square(a), multiply(a, a)));
    RC_ASSERT(is_zero(add(a, negate(a))));
}

RC_GTEST_PROP(FpArithmetic, RootsOfSquares, ()) {
    const Fp a = random_fp();
    const Fp root = square_root(square(a)).value();
    RC_ASSERT(equal(root, a) || equal(root, negate(a)));
    RC_ASSERT(is_zero(a) || is_lexicographically_largest(a) != is_lexicographically_largest(negate(a)));
    // -1 is not a square in Fp, and is one in Fp2.
    RC_ASSERT(is_zero(a) || !square_root(negate(square(a))));
    const Fp2 b{{random_fp(), random_fp()}};
    const Fp2 root2 = square_root(square(b)).value();
    RC_ASSERT(equal(root2, b) || equal(root2, negate(b)));
    RC_ASSERT(is_zero(b) || is_lexicographically_largest(b) != is_lexicographically_largest(negate(b)));
    RC_ASSERT(square_root(negate(square(b))).has_value());
}

RC_GTEST_PROP(FpCodec, ReadsBack, ()) {
    const Fp a = random_fp();
    RC_ASSERT(equal(decode_fp(encode_fp(a)).value(), a));
    ByteArray<kFpSize> limbs;
    fp_to_limbs(a, limbs);
    RC_ASSERT(equal(fp_from_limbs(limbs).value(), a));
}

TEST(Fp, EndsOfTheRange) {
    const Fp minus_one = negate(fp_from_u64(1));
    ByteArray<kFpSize> bytes = encode_fp(minus_one);
    EXPECT_TRUE(equal(decode_fp(bytes).value(), minus_one));
    ++bytes.back();  // p, whose last byte is 0xab
    EXPECT_EQ(decode_fp(bytes).error(), DecodeError::not_canonical);
    EXPECT_EQ(decode_fp(ByteView(bytes).first(47)).error(), DecodeError::bad_length);
    EXPECT_TRUE(is_lexicographically_largest(minus_one));
    EXPECT_FALSE(is_lexicographically_largest(fp_from_u64(1)));
    EXPECT_FALSE(is_lexicographically_largest(Fp{}));
    EXPECT_TRUE(is_lexicographically_largest(Fp2{{minus_one, Fp{}}}));
    EXPECT_FALSE(is_lexicographically_largest(Fp2{{minus_one, fp_from_u64(1)}}));
    // (p - 1) / 2 and the number above it: halves of -1 and of 1.
    Fp half;
    blst_fp_inverse(&half, [] {
        static const Fp two = fp_from_u64(2);
        return &two;
    }());
    EXPECT_TRUE(is_lexicographically_largest(half));
    EXPECT_FALSE(is_lexicographically_largest(negate(half)));
    ByteArray<kFpSize> limbs{};
    for (std::size_t i = 0; i < 6; ++i) store_le(limbs.data() + 8 * i, FpParams::modulus[i]);
    EXPECT_FALSE(fp_from_limbs(limbs));
}

Fp plus_modulus(const Fp& x) {
    Fp out;
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < 6; ++i) out.l[i] = detail::add_carry(x.l[i], FpParams::modulus[i], carry);
    return out;
}

// Zero, one, the largest number, and numbers without a pattern.
std::vector<Fp> inline_samples() {
    std::vector<Fp> out{Fp{}, fp_from_u64(1), negate(fp_from_u64(1)), Fp{{1}}};
    Fp largest;
    std::ranges::copy(FpParams::modulus, largest.l);
    --largest.l[0];
    out.push_back(largest);
    for (int i = 0; i < 20; ++i) out.push_back(add(square(out.back()), fp_from_u64(static_cast<std::uint64_t>(i))));
    return out;
}

TEST(FpInline, AgreesWithTheCalls) {
    for (const Fp& a : inline_samples()) {
        EXPECT_TRUE(equal(negated_if(a, false), a));
        if (!is_zero(a)) EXPECT_TRUE(equal(negated_if(a, true), negate(a)));
        EXPECT_TRUE(equal(reduced_once(a), a));
        EXPECT_TRUE(equal(reduced_once(plus_modulus(a)), a));
        for (const Fp& b : inline_samples()) {
            EXPECT_TRUE(equal(subtract(a, b), add(a, negate(b))));
            EXPECT_TRUE(equal(reduced_once(subtract_unreduced(a, b)), subtract(a, b)));
        }
    }
}

#if defined(__x86_64__)
// Operands below 2 p give a product below 2 p.
TEST(FpMulx, MultipliesReducedAndUnreducedOperands) {
    if (!cpu_features().bmi2_adx) GTEST_SKIP() << "no BMI2 and ADX";
    for (const Fp& a : inline_samples()) {
        for (const Fp& b : inline_samples()) {
            const Fp product = multiply(a, b);
            for (const Fp& left : {a, plus_modulus(a)}) {
                for (const Fp& right : {b, plus_modulus(b)}) {
                    EXPECT_TRUE(equal(reduced_once(mulx::multiply(left, right)), product));
                }
            }
        }
    }
}
#endif

}  // namespace
}  // namespace dusk::crypto
