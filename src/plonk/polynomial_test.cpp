#include "plonk/polynomial.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "crypto/chacha_rng.hpp"
#include "plonk/top_series.hpp"

namespace dusk::plonk {
namespace {

Polynomial random_polynomial(std::size_t size, RandomSource& random) {
    Polynomial out(size);
    for (Fq& coefficient : out) coefficient = Fq::random(random);
    return out;
}
Polynomial product(const Polynomial& a, const Polynomial& b) {
    Polynomial out(a.size() + b.size() - 1);
    for (std::size_t i = 0; i < a.size(); ++i) {
        for (std::size_t j = 0; j < b.size(); ++j) out[i + j] += a[i] * b[j];
    }
    return out;
}

RC_GTEST_PROP(Polynomial, DivisionByARootUndoesTheProduct, (std::uint64_t seed)) {
    crypto::ChaChaRng random(seed);
    const Polynomial p = random_polynomial(*rc::gen::inRange<std::size_t>(1, 40), random);
    const Fq x = Fq::random(random);
    SecretPolynomial quotient(p.begin(), p.end());
    const Fq value = divide_by_root(quotient, x);
    RC_ASSERT(value == evaluate(p, x));
    RC_ASSERT(quotient.size() + 1 == p.size());
    const Fq y = Fq::random(random);
    RC_ASSERT(evaluate(quotient, y) * (y - x) + value == evaluate(p, y));
}

TEST(Polynomial, EvaluatesEveryLength) {
    crypto::ChaChaRng random(1);
    const Fq x = Fq::random(random);
    for (std::size_t size = 0; size < 20; ++size) {
        const Polynomial p = random_polynomial(size, random);
        Fq expected;
        for (std::size_t i = size; i-- > 0;) expected = expected * x + p[i];
        EXPECT_EQ(evaluate(p, x), expected) << size;
    }
}

TEST(Polynomial, SumsTermsOfDifferentLengths) {
    crypto::ChaChaRng random(2);
    SerialExecutor executor;
    const Polynomial a = random_polynomial(5000, random);
    const Polynomial b = random_polynomial(3, random);
    const Fq f = Fq::random(random);
    const std::array<ScaledPolynomial, 3> terms{{{a, f}, {b, Fq::one()}, {{}, f}}};
    const SecretPolynomial out = sum(terms, 5001, executor);
    for (std::size_t i = 0; i < a.size(); ++i) {
        ASSERT_EQ(out[i], f * a[i] + (i < b.size() ? b[i] : Fq{})) << i;
    }
    EXPECT_TRUE(out.back().is_zero());
}

RC_GTEST_PROP(TopSeries, HoldsTheLeadingCoefficientsOfSumsAndProducts, (std::uint64_t seed)) {
    crypto::ChaChaRng random(seed);
    const auto any = [&] { return random_polynomial(*rc::gen::inRange<std::size_t>(1, 25), random); };
    const Polynomial a = any();
    const Polynomial b = any();
    const Polynomial c = any();
    Polynomial expected = product(product(a, b), c);
    if (expected.size() < a.size()) expected.resize(a.size());
    for (std::size_t i = 0; i < a.size(); ++i) expected[i] -= a[i];
    const TopSeries series = TopSeries(a) * TopSeries(b) * TopSeries(c) - TopSeries(a);
    const auto top = static_cast<std::int64_t>(expected.size()) - 1;
    for (std::int64_t degree = top; degree >= 0 && degree > top - TopSeries::kTerms; --degree) {
        RC_ASSERT(series.coefficient(degree) == expected[degree]);
    }
    RC_ASSERT(series.coefficient(top + 5).is_zero());
    const Fq f = Fq::random(random);
    const TopSeries scaled = TopSeries(a).scaled_argument(f);
    const std::uint64_t degree = a.size() - 1;
    RC_ASSERT(scaled.coefficient(static_cast<std::int64_t>(degree)) == a.back() * f.pow_vartime({&degree, 1}));
}

}  // namespace
}  // namespace dusk::plonk
