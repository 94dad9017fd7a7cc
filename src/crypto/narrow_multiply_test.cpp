#include "crypto/narrow_multiply.hpp"

#include <gtest/gtest.h>

#include "crypto/chacha_rng.hpp"
#include "crypto/field.hpp"
#include "crypto/fp.hpp"
#include "crypto/fp_inline.hpp"

namespace dusk::crypto {
namespace {

struct ModulusOfFq {
    static constexpr Limbs4 limbs = Fq::kModulus;
};
struct ModulusOfFr {
    static constexpr Limbs4 limbs = Fr::kModulus;
};
struct ModulusOfFp {
    static constexpr std::array<std::uint64_t, 6> limbs = FpParams::modulus;
};

// Random ones, and those at the ends.
template <class F>
std::vector<F> elements(RandomSource& random) {
    std::vector<F> out{F::zero(), F::one(), -F::one(), F::from_u64(2), F::from_montgomery({1, 0, 0, 0})};
    for (int i = 0; i < 60; ++i) out.push_back(F::random(random));
    return out;
}

template <class F, class Modulus>
void expect_products(RandomSource& random) {
    const auto all = elements<F>(random);
    for (const F& a : all) {
        for (const F& b : all) {
            const Limbs4 product = narrow::FourWords<Modulus>::multiply(a.montgomery().data(), b.montgomery().data());
            ASSERT_EQ(F::from_montgomery(detail::subtract_once<Modulus>(product)), a * b);
        }
    }
}

TEST(NarrowMultiply, FourWordsAreTheFields) {
    ChaChaRng random(1);
    expect_products<Fq, ModulusOfFq>(random);
    expect_products<Fr, ModulusOfFr>(random);
}

Fp product(const Fp& a, const Fp& b) {
    const auto words = narrow::SixWords<ModulusOfFp>::multiply(a.l, b.l);
    Fp out;
    std::ranges::copy(words, out.l);
    return out;
}

TEST(NarrowMultiply, SixWordsAreFpAlsoUnreduced) {
    ChaChaRng random(2);
    std::vector<Fp> all{Fp{}, fp_from_u64(1), subtract(Fp{}, fp_from_u64(1))};
    for (int i = 0; i < 60; ++i) {
        ByteArray<64> bytes;
        random.fill(bytes);
        Fp x = fp_from_u64(load_le<std::uint64_t>(bytes.data()));
        for (int j = 1; j < 8; ++j) x = multiply(add(x, fp_from_u64(load_le<std::uint64_t>(bytes.data() + 8 * j))), x);
        all.push_back(x);
    }
    for (const Fp& a : all) {
        for (const Fp& b : all) {
            ASSERT_TRUE(equal(reduced_once(product(a, b)), multiply(a, b)));
            const Fp difference = subtract_unreduced(a, b);  // up to 2 p
            ASSERT_TRUE(equal(reduced_once(product(difference, difference)), square(subtract(a, b))));
        }
    }
}

}  // namespace
}  // namespace dusk::crypto
