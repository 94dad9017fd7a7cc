#include "crypto/msm.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "base/cpu.hpp"
#include "crypto/bucket_msm.hpp"
#include "crypto/g1_batch_ifma.hpp"
#include "crypto/g1_batch_portable.hpp"
#include "crypto/g1_endomorphism.hpp"
#include "crypto/straus_msm.hpp"

namespace dusk::crypto {
namespace {

Fq scalar_from(std::uint64_t seed) {
    const std::string text = "scalar" + std::to_string(seed);
    return Fq::hash_to_scalar(as_bytes(text));
}

G1Projective naive(std::span<const G1Affine> points, std::span<const Fq> scalars) {
    G1Projective sum;
    for (std::size_t i = 0; i < std::min(points.size(), scalars.size()); ++i) {
        sum += G1Projective(points[i]) * scalars[i];
    }
    return sum;
}

G1Projective point_from(std::uint64_t seed) { return G1Projective::generator() * scalar_from(seed); }

struct Terms {
    std::vector<G1Affine> points;
    std::vector<Fq> scalars;
};

Terms random_terms(std::size_t count, std::uint64_t seed) {
    Terms terms;
    const G1Projective step = point_from(seed);
    std::vector<G1Projective> points{step * scalar_from(seed + 1)};
    for (std::size_t i = 0; i < count; ++i) {
        points.push_back(points.back() + step);
        terms.scalars.push_back(scalar_from(seed + 2 + i));
    }
    terms.points = G1Projective::batch_to_affine(points);
    terms.points.resize(count);
    return terms;
}

// Replaces most terms by those that are special for some step: zero and one, the ends of halves and digits, small
// scalars, the identity, equal and opposite points.
void make_special(Terms& terms) {
    const Fq minus_one = -Fq::one();
    const Fq x_squared = Fq::from_raw({0x0000000100000000, 0xac45a4010001a402, 0, 0});
    const std::vector<Fq> scalars{
        Fq::zero(),
        Fq::one(),
        minus_one,
        Fq::from_u64(2),
        x_squared,
        x_squared - Fq::one(),
        x_squared + Fq::one(),
        -x_squared,
        Fq::from_raw({0x7fffffff80000000, 0xa9ded2017fff2dff, 0x199cec0404d0ec02, 0x39f6d3a994cebea4}),
        Fq::from_raw({0x7fffffff80000001, 0xa9ded2017fff2dff, 0x199cec0404d0ec02, 0x39f6d3a994cebea4}),
        Fq::from_raw({0x80000000, 0x5622d2008000d201, 0, 0}),
        Fq::from_raw({0x80000001, 0x5622d2008000d201, 0, 0})};
    for (std::size_t i = 0; i < terms.scalars.size(); ++i) {
        if (i % 3 == 0) terms.scalars[i] = scalars[i / 3 % scalars.size()];
        if (i % 7 == 1) {
            Limbs4 power{};
            power[i / 64 % 4] = std::uint64_t{1} << (i % 64);
            terms.scalars[i] = Fq::from_raw(power);
        }
        if (i % 5 == 4) terms.points[i] = terms.points[i - 1];
        if (i % 11 == 6) terms.points[i] = -terms.points[i - 2];
        if (i % 11 == 6) terms.scalars[i] = terms.scalars[i - 2];
        if (i % 13 == 12) terms.points[i] = {};
    }
}

TEST(Endomorphism, MultipliesByXSquared) {
    const G1Affine point = point_from(1).to_affine();
    const Fq x_squared = Fq::from_raw({0x0000000100000000, 0xac45a4010001a402, 0, 0});
    EXPECT_EQ(times_x_squared(point), (point_from(1) * x_squared).to_affine());
}

Fq from_half(__int128 half) {
    const auto size = static_cast<unsigned __int128>(half < 0 ? -half : half);
    const Fq out = Fq::from_raw({static_cast<std::uint64_t>(size), static_cast<std::uint64_t>(size >> 64), 0, 0});
    return half < 0 ? -out : out;
}

TEST(Endomorphism, SplitsScalarsIntoShortHalves) {
    const Fq x_squared = Fq::from_raw({0x0000000100000000, 0xac45a4010001a402, 0, 0});
    Terms terms = random_terms(500, 3);
    make_special(terms);
    const __int128 limit = (static_cast<__int128>(0x5622d2008000d201) << 64) + 0x80000001;
    for (const Fq& scalar : terms.scalars) {
        const SplitScalar halves = split_scalar_vartime(scalar);
        EXPECT_EQ(from_half(halves.low) + from_half(halves.high) * x_squared, scalar);
        EXPECT_LE(halves.low < 0 ? -halves.low : halves.low, limit);
        EXPECT_LE(halves.high < 0 ? -halves.high : halves.high, limit);
    }
}

class MsmSizes : public testing::TestWithParam<std::size_t> {};

TEST_P(MsmSizes, EqualsTheNaiveSum) {
    SerialExecutor executor;
    const Terms terms = random_terms(GetParam(), 10);
    EXPECT_EQ(msm_vartime(terms.points, terms.scalars, executor), naive(terms.points, terms.scalars));
}

TEST_P(MsmSizes, EqualsTheNaiveSumOfSpecialTerms) {
    SerialExecutor executor;
    Terms terms = random_terms(GetParam(), 20);
    make_special(terms);
    EXPECT_EQ(msm_vartime(terms.points, terms.scalars, executor), naive(terms.points, terms.scalars));
}

TEST_P(MsmSizes, EqualsTheNaiveSumWithEveryMethodAndWindow) {
    SerialExecutor executor;
    Terms terms = random_terms(GetParam(), 30);
    make_special(terms);
    const G1Projective expected = naive(terms.points, terms.scalars);
    EXPECT_EQ(straus_msm_vartime(terms.points, terms.scalars), expected);
    if (terms.points.empty()) return;
    for (unsigned bits = 3; bits <= 16; ++bits) {
        BucketMsm<PortableG1> portable(WindowPlan(bits), executor);
        EXPECT_EQ(portable.sum(terms.points, terms.scalars), expected) << bits;
#if defined(__x86_64__)
        if (!cpu_features().avx512_ifma) continue;
        BucketMsm<IfmaG1> vector(WindowPlan(bits), executor);
        EXPECT_EQ(vector.sum(terms.points, terms.scalars), expected) << bits;
#endif
    }
}

// Real threads, started anew for every call.
class Threads final : public Executor {
  public:
    explicit Threads(unsigned count) : count_(count) {}
    [[nodiscard]] unsigned concurrency() const override { return count_; }
    void parallel_for(std::size_t count, const std::function<void(std::size_t)>& task) override {
        std::atomic<std::size_t> next = 0;
        std::vector<std::jthread> threads;
        threads.reserve(count_);
        for (unsigned i = 0; i < count_; ++i) {
            threads.emplace_back([&] {
                for (std::size_t k = next++; k < count; k = next++) task(k);
            });
        }
    }

  private:
    unsigned count_;
};

TEST_P(MsmSizes, ThreadsGiveTheSerialSum) {
    SerialExecutor serial;
    Terms terms = random_terms(GetParam(), 40);
    make_special(terms);
    const G1Projective expected = msm_vartime(terms.points, terms.scalars, serial);
    for (const unsigned count : {2U, 5U, 40U}) {
        Threads threads(count);
        EXPECT_EQ(msm_vartime(terms.points, terms.scalars, threads), expected) << count;
    }
}

INSTANTIATE_TEST_SUITE_P(Sizes, MsmSizes, testing::Values(0, 1, 2, 3, 7, 8, 9, 31, 32, 33, 64, 100, 1000));

TEST(Msm, SumsManyTermsInWindowsOfManyThreads) {
    Threads threads(7);
    SerialExecutor serial;
    Terms terms = random_terms(20000, 50);
    const G1Projective expected = msm_vartime(terms.points, terms.scalars, serial);
    EXPECT_EQ(straus_msm_vartime(terms.points, terms.scalars), expected);
    EXPECT_EQ(msm_vartime(terms.points, terms.scalars, threads), expected);
}

// All terms in one bucket per window, more than a slice of them, and a whole table of equal points.
TEST(Msm, SumsEqualTerms) {
    SerialExecutor serial;
    Threads threads(3);
    const Terms one = random_terms(1, 60);
    const std::vector<G1Affine> points(9001, one.points[0]);
    const std::vector<Fq> scalars(9001, one.scalars[0]);
    const G1Projective expected = G1Projective(one.points[0]) * (one.scalars[0] * Fq::from_u64(9001));
    EXPECT_EQ(msm_vartime(points, scalars, serial), expected);
    EXPECT_EQ(msm_vartime(points, scalars, threads), expected);
    EXPECT_EQ(straus_msm_vartime(points, scalars), expected);
}

TEST(Msm, GivesTheSameWithoutVectorCode) {
    SerialExecutor executor;
    const CpuFeatures features = cpu_features();
    Terms terms = random_terms(3000, 80);
    make_special(terms);
    const G1Projective sum = msm_vartime(terms.points, terms.scalars, executor);
    set_cpu_features({});
    const G1Projective portable = msm_vartime(terms.points, terms.scalars, executor);
    set_cpu_features(features);
    EXPECT_EQ(sum, portable);
}

TEST(Msm, CountsTheShorterSpan) {
    SerialExecutor executor;
    const Terms terms = random_terms(40, 70);
    for (const std::size_t size : {0U, 3U, 39U}) {
        const std::span<const G1Affine> points(terms.points.data(), size);
        const std::span<const Fq> scalars(terms.scalars.data(), size);
        const G1Projective expected = naive(points, scalars);
        EXPECT_EQ(msm_vartime(points, terms.scalars, executor), expected);
        EXPECT_EQ(msm_vartime(terms.points, scalars, executor), expected);
    }
}

RC_GTEST_PROP(Msm, IsLinear, ()) {
    SerialExecutor executor;
    const auto count = *rc::gen::inRange<std::size_t>(1, 80);
    Terms terms = random_terms(count, *rc::gen::inRange<std::uint64_t>(0, 1 << 20));
    if (*rc::gen::arbitrary<bool>()) make_special(terms);
    const Fq factor = scalar_from(*rc::gen::arbitrary<std::uint64_t>());
    const G1Projective sum = msm_vartime(terms.points, terms.scalars, executor);
    for (Fq& scalar : terms.scalars) scalar *= factor;
    RC_ASSERT(msm_vartime(terms.points, terms.scalars, executor) == sum * factor);
}

}  // namespace
}  // namespace dusk::crypto
