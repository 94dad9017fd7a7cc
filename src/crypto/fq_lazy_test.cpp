#include "crypto/fq_lazy.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <ranges>
#include <vector>

namespace dusk::crypto::lazy {
namespace {

using Wide = std::array<std::uint64_t, 5>;

constexpr Limbs4 kLargest{Fq::kModulus[0] - 1, Fq::kModulus[1], Fq::kModulus[2], Fq::kModulus[3]};

// x + n q as an integer of five words.
Wide plus_multiple_of_q(const Limbs4& x, std::uint64_t n) {
    Wide out{};
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < 4; ++i) out[i] = crypto::detail::multiply_add(n, Fq::kModulus[i], x[i], carry);
    out[4] = carry;
    return out;
}

// Limbs below q, the smallest and the largest included.
Limbs4 any_reduced() {
    const Limbs4 limbs = Fq::from_raw(*rc::gen::container<Limbs4>(rc::gen::arbitrary<std::uint64_t>())).montgomery();
    return *rc::gen::element(limbs, limbs, limbs, Limbs4{}, Limbs4{1, 0, 0, 0}, kLargest);
}
// Limbs below 2 q.
Limbs4 any_lazy() {
    const Wide x = plus_multiple_of_q(any_reduced(), *rc::gen::inRange<std::uint64_t>(0, 2));
    return {x[0], x[1], x[2], x[3]};
}

// The element that limbs, reduced or not, stand for.
Fq meaning(const Limbs4& limbs) { return Fq::from_raw(limbs) * Fq::from_montgomery({1, 0, 0, 0}); }

bool is_below(const Limbs4& x, const Limbs4& bound) {
    return std::ranges::lexicographical_compare(std::views::reverse(x), std::views::reverse(bound));
}
// x < (1 + 2^-16) q.
bool is_nearly_reduced(const Limbs4& x) {
    Limbs4 bound = Fq::kModulus;
    bound[2] += Fq::kModulus[3] << 48;  // no carry for this q
    bound[3] += Fq::kModulus[3] >> 16;
    return is_below(x, bound);
}

RC_GTEST_PROP(FqLazy, Products, ()) {
    const Limbs4 a = any_lazy();
    const Limbs4 b = any_reduced();
    RC_ASSERT(meaning(multiply(a, b)) == meaning(a) * meaning(b));
    RC_ASSERT(meaning(square(b)) == meaning(b) * meaning(b));
    // The chain of the S-box on values at the bound of a sum, its widest operands.
    const Limbs4 edge{*rc::gen::arbitrary<std::uint64_t>(), Fq::kModulus[1] + 1, Fq::kModulus[2], Fq::kModulus[3]};
    const Limbs4 fourth = square(square(edge));
    RC_ASSERT(meaning(multiply(fourth, edge)) == meaning(edge) * meaning(edge).square().square());
}

RC_GTEST_PROP(FqLazy, SubtractOnceReduces, ()) {
    const Limbs4 x = any_lazy();
    RC_ASSERT(subtract_once(x) == meaning(x).montgomery());
}

RC_GTEST_PROP(FqLazy, SumsOfSmallProducts, ()) {
    SmallSum sum;
    Fq expected;
    const auto terms = *rc::gen::inRange(0, 10);
    for (int i = 0; i < terms; ++i) {
        const Limbs4 x = any_lazy();
        const auto n = *rc::gen::inRange<std::uint64_t>(0, std::uint64_t{1} << 35);
        sum.add(n, x);
        expected += Fq::from_u64(n) * meaning(x);
    }
    const Limbs4 reduced = sum.reduce<false>();
    RC_ASSERT(meaning(reduced) == expected);
    RC_ASSERT(is_nearly_reduced(reduced));
}

RC_GTEST_PROP(FqLazy, DifferencesOfSmallProducts, ()) {
    // The constant is q more than the largest sum of nine products of integers below 2^35 and operands below 2 q.
    constexpr std::uint64_t kOffset = 2 * 9 * (std::uint64_t{1} << 35) + 1;
    const Limbs4 constant = any_reduced();
    SmallSum sum(plus_multiple_of_q(constant, kOffset));
    Fq expected = meaning(constant);
    for (int i = 0; i < 9; ++i) {
        const Limbs4 x = any_lazy();
        const std::uint64_t any = *rc::gen::inRange<std::uint64_t>(0, std::uint64_t{1} << 35);
        const std::uint64_t n = *rc::gen::element(std::uint64_t{any}, std::uint64_t{0}, (std::uint64_t{1} << 35) - 1);
        sum.subtract(n, x);
        expected -= Fq::from_u64(n) * meaning(x);
    }
    const Limbs4 reduced = sum.reduce<true>();
    RC_ASSERT(meaning(reduced) == expected);
    RC_ASSERT(is_nearly_reduced(reduced));
}

TEST(FqLazy, SumsAtTheEnds) {
    EXPECT_EQ(SmallSum{}.reduce<false>(), Limbs4{});
    for (const std::uint64_t multiple : {1, 2, 3}) {
        EXPECT_EQ(meaning(SmallSum(plus_multiple_of_q({}, multiple)).reduce<true>()), Fq::zero());
        EXPECT_EQ(meaning(SmallSum(plus_multiple_of_q(kLargest, multiple)).reduce<true>()), meaning(kLargest));
    }
    // Just below 2^295.
    const Wide most{~0ULL, ~0ULL, ~0ULL, ~0ULL, (std::uint64_t{1} << 39) - 1};
    const Limbs4 reduced = SmallSum(most).reduce<false>();
    const Fq expected = meaning({~0ULL, ~0ULL, ~0ULL, ~0ULL}) + Fq::from_u64(most[4]);  // limbs 2^256 stand for 1
    EXPECT_EQ(meaning(reduced), expected);
    EXPECT_TRUE(is_nearly_reduced(reduced));
}

RC_GTEST_PROP(FqLazy, SumsOfProducts, ()) {
    std::array<Limbs4, 8> a;
    std::array<const Limbs4*, 8> places;
    std::array<Limbs4, 8> b;
    const Limbs4 c = any_reduced();
    Fq expected = meaning(c);
    for (std::size_t i = 0; i < a.size(); ++i) {
        a[i] = any_lazy();
        b[i] = any_reduced();
        places[i] = &a[i];
        expected += meaning(a[i]) * meaning(b[i]);
    }
    const Limbs4 reduced = sum_of_products(places, b, c);
    RC_ASSERT(meaning(reduced) == expected);
    RC_ASSERT(is_nearly_reduced(reduced));
}

}  // namespace
}  // namespace dusk::crypto::lazy
