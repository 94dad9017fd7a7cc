// The vector field against the portable one. Skipped where the CPU lacks the instructions.
#include "crypto/fq8.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/cpu.hpp"

#if defined(__x86_64__)

namespace dusk::crypto {
namespace {

using Eight = std::array<Fq, 8>;

// Uniform elements with the edges of the range mixed in.
Eight any_eight() {
    Eight out;
    for (Fq& x : out) {
        x = Fq::from_raw(*rc::gen::container<Limbs4>(rc::gen::arbitrary<std::uint64_t>()));
        switch (*rc::gen::inRange(0, 8)) {
            case 0:
                x = Fq::zero();
                break;
            case 1:
                x = -Fq::one();
                break;
            case 2:
                x = Fq::from_montgomery({1, 0, 0, 0});
                break;
            case 3:
                x = -Fq::from_montgomery({1, 0, 0, 0});
                break;
            default:
                break;
        }
    }
    return out;
}

DUSK_TARGET_IFMA Eight product(const Eight& a, const Eight& b) {
    Eight out;
    store(load(a.data()) * load(b.data()), out.data());
    return out;
}
DUSK_TARGET_IFMA Eight squared(const Eight& a) {
    Eight out;
    store(square(load(a.data())), out.data());
    return out;
}
// (a + b) - c with the largest bounds that one more multiplication by `one` takes.
DUSK_TARGET_IFMA Eight sum_and_difference(const Eight& a, const Eight& b, const Eight& c) {
    Eight out;
    const Fq8 one = broadcast(to_limbs52(Fq::one()));
    const Fq8 sum = normalise(as_sum(load(a.data()) * one) + load(b.data()));
    store(normalise(subtract<16>(as_sum(sum), as_sum(load(c.data())))) * one, out.data());
    return out;
}
DUSK_TARGET_IFMA Eight dot(const std::array<Eight, 5>& a, const std::array<Eight, 5>& b) {
    const Fq8 one = broadcast(to_limbs52(Fq::one()));
    // Five products of 16 q by 16 q leave the range; a factor below q keeps them inside.
    Fq8Product acc = zero_product();
    for (int i = 0; i < 4; ++i) accumulate(acc, load(a[i].data()) * one, load(b[i].data()) * one);
    accumulate_square(acc, load(a[4].data()) * one);
    Eight out;
    store(normalise(reduce(acc)), out.data());
    return out;
}
DUSK_TARGET_IFMA void unscaled(const Eight& a, std::uint64_t times, Eight& out) {
    Fq8Sum sum = as_sum(load<0>(a.data()));
    for (std::uint64_t i = 1; i < times; ++i) sum = sum + load<0>(a.data());
    store_unscaled(normalise(sum), out.data());
}

bool missing() { return !cpu_features().avx512_ifma; }

RC_GTEST_PROP(Fq8, Multiplies, ()) {
    if (missing()) return;
    const Eight a = any_eight();
    const Eight b = any_eight();
    const Eight got = product(a, b);
    for (int i = 0; i < 8; ++i) RC_ASSERT(got[i] == a[i] * b[i]);
}
RC_GTEST_PROP(Fq8, Squares, ()) {
    if (missing()) return;
    const Eight a = any_eight();
    const Eight got = squared(a);
    for (int i = 0; i < 8; ++i) RC_ASSERT(got[i] == a[i].square());
}
RC_GTEST_PROP(Fq8, AddsAndSubtracts, ()) {
    if (missing()) return;
    const Eight a = any_eight();
    const Eight b = any_eight();
    const Eight c = any_eight();
    const Eight got = sum_and_difference(a, b, c);
    for (int i = 0; i < 8; ++i) RC_ASSERT(got[i] == a[i] + b[i] - c[i]);
}
RC_GTEST_PROP(Fq8, SumsOfProductsReduceOnce, ()) {
    if (missing()) return;
    const std::array<Eight, 5> a{any_eight(), any_eight(), any_eight(), any_eight(), any_eight()};
    const std::array<Eight, 5> b{any_eight(), any_eight(), any_eight(), any_eight(), any_eight()};
    const Eight got = dot(a, b);
    for (int i = 0; i < 8; ++i) {
        RC_ASSERT(got[i] ==
                  a[0][i] * b[0][i] + a[1][i] * b[1][i] + a[2][i] * b[2][i] + a[3][i] * b[3][i] + a[4][i].square());
    }
}
RC_GTEST_PROP(Fq8, ReducesAnyMultiple, ()) {
    if (missing()) return;
    const Eight a = any_eight();
    for (std::uint64_t times = 1; times <= 35; ++times) {
        Eight got;
        unscaled(a, times, got);
        for (int i = 0; i < 8; ++i) RC_ASSERT(got[i] == a[i] * Fq::from_u64(times));
    }
}

}  // namespace
}  // namespace dusk::crypto

#endif
