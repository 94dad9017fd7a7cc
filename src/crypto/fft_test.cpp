#include "crypto/fft.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <vector>

#include "base/cpu.hpp"

namespace dusk::crypto {
namespace {

// Tasks in the opposite order: no task may rely on another.
class BackwardExecutor final : public Executor {
  public:
    [[nodiscard]] unsigned concurrency() const override { return 2; }
    void parallel_for(std::size_t count, const std::function<void(std::size_t)>& task) override {
        while (count-- > 0) task(count);
    }
};

std::vector<Fq> elements(std::size_t count, std::uint64_t seed) {
    std::vector<Fq> out;
    Fq x = Fq::hash_to_scalar(as_bytes("fft")) + Fq::from_u64(seed);
    for (std::size_t i = 0; i < count; ++i) {
        out.push_back(x);
        x = x.square() + Fq::one();
    }
    return out;
}

std::vector<Fq> naive(const std::vector<Fq>& coefficients, const Fq& shift, const Fq& generator) {
    std::vector<Fq> out;
    Fq x = shift;
    for (std::size_t i = 0; i < coefficients.size(); ++i, x *= generator) {
        Fq value;
        for (std::size_t j = coefficients.size(); j-- > 0;) value = value * x + coefficients[j];
        out.push_back(value);
    }
    return out;
}

// A domain of the portable path, whatever the CPU has.
FftDomain portable_domain(unsigned log2_size) {
    const CpuFeatures all = cpu_features();
    set_cpu_features({});
    FftDomain domain(log2_size);
    set_cpu_features(all);
    return domain;
}

TEST(Fft, EqualsTheNaiveTransform) {
    SerialExecutor serial;
    const Fq shift = Fq::from_u64(7);
    for (unsigned log2_size = 0; log2_size <= 10; ++log2_size) {
        for (const bool portable : {false, true}) {
            const FftDomain domain = portable ? portable_domain(log2_size) : FftDomain(log2_size);
            const auto coefficients = elements(domain.size(), log2_size);
            auto values = coefficients;
            domain.forward(values, serial);
            EXPECT_EQ(values, naive(coefficients, Fq::one(), domain.generator())) << log2_size;
            domain.inverse(values, serial);
            EXPECT_EQ(values, coefficients) << log2_size;
            domain.forward_coset(values, shift, serial);
            EXPECT_EQ(values, naive(coefficients, shift, domain.generator())) << log2_size;
            domain.inverse_coset(values, shift, serial);
            EXPECT_EQ(values, coefficients) << log2_size;
        }
    }
}

TEST(Fft, TheExtremesOfTheRangeStayExact) {
    SerialExecutor serial;
    const Fq top = -Fq::from_montgomery({1, 0, 0, 0});  // limbs of q - 1
    for (unsigned log2_size : {6U, 13U, 16U}) {
        const FftDomain domain(log2_size);
        // A constant polynomial in value form is a single coefficient, and the other way round.
        std::vector<Fq> values(domain.size(), top);
        domain.forward(values, serial);
        EXPECT_EQ(values[0], top * Fq::from_u64(domain.size()));
        EXPECT_TRUE(std::all_of(values.begin() + 1, values.end(), [](const Fq& x) { return x.is_zero(); }));
        domain.inverse(values, serial);
        EXPECT_EQ(values, std::vector<Fq>(domain.size(), top));
        std::vector<Fq> alternating(domain.size());
        for (std::size_t i = 0; i < domain.size(); ++i) alternating[i] = i % 2 == 0 ? top : Fq::zero();
        values = alternating;
        domain.forward_coset(values, top, serial);
        domain.inverse_coset(values, top, serial);
        EXPECT_EQ(values, alternating);
    }
}

TEST(Fft, PathsAndThreadsAgree) {
    SerialExecutor serial;
    BackwardExecutor backward;
    for (unsigned log2_size : {11U, 14U, 15U}) {
        const FftDomain domain(log2_size);
        const FftDomain portable = portable_domain(log2_size);
        const auto coefficients = elements(domain.size(), log2_size);
        auto a = coefficients;
        auto b = coefficients;
        auto c = coefficients;
        domain.forward(a, serial);
        domain.forward(b, backward);
        portable.forward(c, serial);
        EXPECT_EQ(a, b);
        EXPECT_EQ(a, c);
        domain.inverse_coset(a, Fq::from_u64(5), serial);
        portable.inverse_coset(c, Fq::from_u64(5), backward);
        EXPECT_EQ(a, c);
    }
}

RC_GTEST_PROP(Fft, IsLinear, ()) {
    SerialExecutor serial;
    const auto log2_size = *rc::gen::inRange(0U, 9U);
    const FftDomain domain(log2_size);
    auto a = elements(domain.size(), *rc::gen::arbitrary<std::uint64_t>());
    auto b = elements(domain.size(), *rc::gen::arbitrary<std::uint64_t>());
    const Fq factor = elements(1, *rc::gen::arbitrary<std::uint64_t>())[0];
    std::vector<Fq> combined(domain.size());
    for (std::size_t i = 0; i < combined.size(); ++i) combined[i] = a[i] * factor + b[i];
    domain.forward(a, serial);
    domain.forward(b, serial);
    domain.forward(combined, serial);
    for (std::size_t i = 0; i < combined.size(); ++i) RC_ASSERT(combined[i] == a[i] * factor + b[i]);
}

// Multiplying values multiplies polynomials.
TEST(Fft, MultipliesPolynomials) {
    SerialExecutor serial;
    const FftDomain domain(8);
    auto a = elements(100, 1);
    auto b = elements(100, 2);
    std::vector<Fq> expected(domain.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
        for (std::size_t j = 0; j < b.size(); ++j) expected[i + j] += a[i] * b[j];
    }
    a.resize(domain.size());
    b.resize(domain.size());
    domain.forward_coset(a, Fq::from_u64(7), serial);
    domain.forward_coset(b, Fq::from_u64(7), serial);
    for (std::size_t i = 0; i < a.size(); ++i) a[i] *= b[i];
    domain.inverse_coset(a, Fq::from_u64(7), serial);
    EXPECT_EQ(a, expected);
}

TEST(Fft, RefusesSizesBeyondMemory) { EXPECT_THROW(FftDomain(29), std::length_error); }

}  // namespace
}  // namespace dusk::crypto
