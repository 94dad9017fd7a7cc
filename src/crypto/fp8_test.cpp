#include "crypto/fp8_blst.hpp"

#if defined(__x86_64__)

#include <gtest/gtest.h>

#include <string>

#include "base/cpu.hpp"

namespace dusk::crypto {
namespace {

using Lanes = std::array<blst_fp, 8>;

// Elements near the ends of the field and of limbs, and others.
blst_fp element_from(std::uint64_t seed) {
    blst_fp one = blst_p1_generator()->z;
    blst_fp out{};
    if (seed % 16 == 1) out = one;
    if (seed % 16 == 2) blst_fp_cneg(&out, &one, true);
    // As Montgomery limbs: p − 1, p − 2 and powers of two.
    if (seed % 16 == 3 || seed % 16 == 4) {
        out = {{detail::kP[0], detail::kP[1], detail::kP[2], detail::kP[3], detail::kP[4], detail::kP[5]}};
        out.l[0] -= seed % 16 - 2;
    }
    if (seed % 16 == 5) out.l[seed / 16 % 6] = std::uint64_t{1} << (seed / 96 % 60);
    if (seed % 16 > 5) {
        const std::string text = "element" + std::to_string(seed);
        blst_p1 point;
        blst_hash_to_g1(&point, as_bytes(text).data(), text.size(), nullptr, 0, nullptr, 0);
        out = point.x;
    }
    return out;
}

Lanes lanes_from(std::uint64_t seed) {
    Lanes out;
    for (std::size_t i = 0; i < 8; ++i) out[i] = element_from(seed + 5 * i);
    return out;
}

// Below p, for values below 2^384.
blst_fp canonical(blst_fp x) {
    for (;;) {
        blst_fp reduced{};
        std::uint64_t borrow = 0;
        for (std::size_t i = 0; i < 6; ++i) reduced.l[i] = detail::sub_borrow(x.l[i], detail::kP[i], borrow);
        if (borrow != 0) return x;
        x = reduced;
    }
}

DUSK_TARGET_IFMA Fp8 to_vector(const Lanes& lanes) {
    Fp8 out;
    for (int i = 0; i < 8; ++i) out.limb[i] = split_blst(lanes[i]);
    transpose(out.limb);
    return out * broadcast(kFpFromBlst52);
}

DUSK_TARGET_IFMA std::array<FpLimbs52, 8> rows_of(Fp8 a) {
    std::array<FpLimbs52, 8> out;
    transpose(a.limb);
    for (int i = 0; i < 8; ++i) _mm512_storeu_si512(out[i].data(), a.limb[i]);
    return out;
}

DUSK_TARGET_IFMA Lanes from_vector(const Fp8& a) {
    static constexpr FpLimbs52 kToBlst = detail::split_fp(detail::double_fp({1}, 384));
    const auto rows = rows_of(a * broadcast(kToBlst));
    Lanes out;
    for (std::size_t i = 0; i < 8; ++i) out[i] = canonical(packed(rows[i]));
    return out;
}

bool same(const Lanes& a, const Lanes& b) {
    for (std::size_t i = 0; i < 8; ++i) {
        if (!std::equal(a[i].l, a[i].l + 6, b[i].l)) return false;
    }
    return true;
}

// Every value below (limit / 100) p, in limbs below 2^52.
bool is_below(const Fp8& a, std::uint64_t limit_percent) {
    for (const FpLimbs52& limbs : rows_of(a)) {
        for (const std::uint64_t limb : limbs) {
            if (limb >> 52 != 0) return false;
        }
        if (limbs[7] * 100 > (detail::kP52[7] + 1) * limit_percent) return false;
    }
    return true;
}

class Fp8Arithmetic : public testing::TestWithParam<std::uint64_t> {
  protected:
    void SetUp() override {
        if (!cpu_features().avx512_ifma) GTEST_SKIP() << "no AVX-512 IFMA";
    }
};

TEST_P(Fp8Arithmetic, RoundTrips) {
    const Lanes a = lanes_from(GetParam());
    EXPECT_TRUE(same(from_vector(to_vector(a)), a));
}

DUSK_TARGET_IFMA void check_products(const Lanes& a, const Lanes& b) {
    Lanes product;
    Lanes square;
    for (std::size_t i = 0; i < 8; ++i) {
        blst_fp_mul(&product[i], &a[i], &b[i]);
        blst_fp_sqr(&square[i], &a[i]);
    }
    const Fp8 vector_product = to_vector(a) * to_vector(b);
    EXPECT_TRUE(is_below(vector_product, 101));
    EXPECT_TRUE(same(from_vector(vector_product), product));
    EXPECT_TRUE(same(from_vector(normalised(squared(to_vector(a)))), square));
}
TEST_P(Fp8Arithmetic, MultipliesAsBlst) { check_products(lanes_from(GetParam()), lanes_from(3 * GetParam() + 1)); }

DUSK_TARGET_IFMA void check_sums(const Lanes& a, const Lanes& b) {
    Lanes sum;
    Lanes difference;
    Lanes negated;
    Lanes twice_negated;
    for (std::size_t i = 0; i < 8; ++i) {
        blst_fp_add(&sum[i], &a[i], &b[i]);
        blst_fp_sub(&difference[i], &a[i], &b[i]);
        blst_fp_cneg(&negated[i], &a[i], i % 2 == 0);
        blst_fp_add(&twice_negated[i], &sum[i], &b[i]);
        blst_fp_cneg(&twice_negated[i], &twice_negated[i], true);
    }
    const Fp8 x = to_vector(a);
    const Fp8 y = to_vector(b);
    EXPECT_TRUE(same(from_vector(normalised(as_sum(x) + as_sum(y))), sum));
    EXPECT_TRUE(same(from_vector(normalised(plus_p<2>(as_sum(x) - as_sum(y)))), difference));
    EXPECT_TRUE(same(from_vector(normalised(negated_where(0x55, x))), negated));
    const Fp8 folded_difference = folded(as_sum(x) - as_sum(y));
    EXPECT_TRUE(is_below(folded_difference, 162));
    EXPECT_TRUE(same(from_vector(folded_difference), difference));
    const Fp8 folded_negative = folded(-x - as_sum(y) - as_sum(y));
    EXPECT_TRUE(is_below(folded_negative, 162));
    EXPECT_TRUE(same(from_vector(folded_negative), twice_negated));
    EXPECT_TRUE(same(from_vector(blend(0x0f, x, y)), {b[0], b[1], b[2], b[3], a[4], a[5], a[6], a[7]}));
}
TEST_P(Fp8Arithmetic, AddsAsBlst) { check_sums(lanes_from(GetParam()), lanes_from(3 * GetParam() + 1)); }

// A product of operands as large as the bounds allow.
DUSK_TARGET_IFMA void check_large_operands(const Lanes& a, const Lanes& b) {
    Lanes product;
    for (std::size_t i = 0; i < 8; ++i) blst_fp_mul(&product[i], &a[i], &b[i]);
    const Fp8 x = normalised(plus_p<127>(as_sum(to_vector(a))));
    const Fp8 y = normalised(plus_p<127>(as_sum(to_vector(b))));
    EXPECT_TRUE(is_below(x * y, 101));
    EXPECT_TRUE(same(from_vector(x * y), product));
}
TEST_P(Fp8Arithmetic, MultipliesLargeOperands) {
    check_large_operands(lanes_from(GetParam()), lanes_from(3 * GetParam() + 1));
}

INSTANTIATE_TEST_SUITE_P(Seeds, Fp8Arithmetic, testing::Range(std::uint64_t{0}, std::uint64_t{200}, 7));

// The table of `folded` must make each value of its class positive and keep it below 1.62 p.
TEST(Fp8, FoldsEveryClassOfValues) {
    const auto p = static_cast<std::int64_t>(detail::kP52[7]);  // rounded down
    for (std::int64_t j = -6; j <= 1; ++j) {
        const auto multiple = static_cast<std::int64_t>(detail::kFoldMultiples[static_cast<std::size_t>(j & 7)]);
        EXPECT_GE(65536 * j - 4 + multiple * p, 0) << j;
        EXPECT_LE((65536 * (j + 1) + 64 + multiple * (p + 1)) * 100, 162 * p) << j;
    }
}

}  // namespace
}  // namespace dusk::crypto

#endif
