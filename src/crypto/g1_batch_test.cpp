// The batches of additions that sums of buckets are made of, with and without vector code.
#include <gtest/gtest.h>

#include <type_traits>
#include <vector>

#include "base/cpu.hpp"
#include "crypto/bucket_reduction.hpp"
#include "crypto/g1_batch_ifma.hpp"
#include "crypto/g1_batch_portable.hpp"

namespace dusk::crypto {
namespace {

template <class Arithmetic>
bool runs_here() {
#if defined(__x86_64__)
    if constexpr (std::is_same_v<Arithmetic, IfmaG1>) return cpu_features().avx512_ifma;
#endif
    return true;
}

G1Projective multiple_of_generator(std::int64_t factor) {
    const auto size = static_cast<std::uint64_t>(factor < 0 ? -factor : factor);
    const G1Projective out = G1Projective::generator() * Fq::from_u64(size);
    return factor < 0 ? -out : out;
}

template <class Arithmetic>
typename Arithmetic::Point stored(const G1Projective& point) {
    if (point.is_identity()) return Arithmetic::identity();
    std::vector<typename Arithmetic::Point> both(2);
    const G1Affine affine = point.to_affine();
    Arithmetic::load({&affine, 1}, both.data());
    return both[0];
}

template <class Arithmetic>
class G1Batch : public testing::Test {
  protected:
    void SetUp() override {
        if (!runs_here<Arithmetic>()) GTEST_SKIP() << "no AVX-512 IFMA";
    }
};

#if defined(__x86_64__)
using Arithmetics = testing::Types<PortableG1, IfmaG1>;
#else
using Arithmetics = testing::Types<PortableG1>;
#endif
TYPED_TEST_SUITE(G1Batch, Arithmetics);

// Adds small multiples of the generator with all signs: sums, doublings, opposite points and identities, in batches
// that fill the last vector or do not.
TYPED_TEST(G1Batch, AddsAnyTwoPoints) {
    using Point = typename TypeParam::Point;
    static constexpr std::int64_t kFactors = 4;
    std::vector<Point> points;
    for (std::int64_t i = 0; i <= kFactors; ++i) points.push_back(stored<TypeParam>(multiple_of_generator(i)));
    std::vector<Addition<Point>> additions;
    std::vector<std::int64_t> expected;
    for (std::int64_t i = -kFactors; i <= kFactors; ++i) {
        for (std::int64_t j = -kFactors; j <= kFactors; ++j) {
            additions.push_back({.left = {&points[static_cast<std::size_t>(i < 0 ? -i : i)], i < 0},
                                 .right = {&points[static_cast<std::size_t>(j < 0 ? -j : j)], j < 0},
                                 .sum = nullptr});
            expected.push_back(i + j);
        }
    }
    std::vector<Point> sums(additions.size());
    for (std::size_t i = 0; i < sums.size(); ++i) additions[i].sum = &sums[i];
    typename TypeParam::Adder adder;
    for (const std::size_t size : {additions.size(), std::size_t{1}, std::size_t{7}, std::size_t{8}, std::size_t{9}}) {
        for (std::size_t begin = 0; begin < additions.size(); begin += size) {
            adder.add(std::span(additions).subspan(begin, std::min(size, additions.size() - begin)));
        }
        for (std::size_t i = 0; i < sums.size(); ++i) {
            EXPECT_EQ(TypeParam::to_projective(sums[i]), multiple_of_generator(expected[i])) << size << " " << i;
            sums[i] = TypeParam::identity();
        }
    }
}

// A sum may take the place of an operand; long chains of sums stay within the bounds of the representation.
TYPED_TEST(G1Batch, AddsInPlace) {
    using Point = typename TypeParam::Point;
    std::vector<Point> left;
    std::vector<Point> right;
    for (std::int64_t i = 0; i < 20; ++i) {
        left.push_back(stored<TypeParam>(multiple_of_generator(i)));
        right.push_back(stored<TypeParam>(multiple_of_generator(100 - 3 * i)));
    }
    typename TypeParam::Adder adder;
    std::vector<Addition<Point>> additions;
    for (std::size_t i = 0; i < 20; ++i) {
        Point* sum = i % 2 == 0 ? &left[i] : &right[i];
        additions.push_back({.left = {&left[i]}, .right = {&right[i], i % 4 < 2}, .sum = sum});
    }
    std::vector<std::int64_t> l(20);
    std::vector<std::int64_t> r(20);
    for (std::int64_t i = 0; i < 20; ++i) {
        l[static_cast<std::size_t>(i)] = i;
        r[static_cast<std::size_t>(i)] = 100 - 3 * i;
    }
    for (int round = 0; round < 100; ++round) {
        adder.add(additions);
        for (std::size_t i = 0; i < 20; ++i) {
            const std::int64_t sum = l[i] + (i % 4 < 2 ? -r[i] : r[i]);
            (i % 2 == 0 ? l[i] : r[i]) = sum;
        }
    }
    for (std::size_t i = 0; i < 20; ++i) {
        EXPECT_EQ(TypeParam::to_projective(left[i]), multiple_of_generator(l[i])) << i;
        EXPECT_EQ(TypeParam::to_projective(right[i]), multiple_of_generator(r[i])) << i;
    }
}

TYPED_TEST(G1Batch, CopiesWithASign) {
    using Point = typename TypeParam::Point;
    for (const std::int64_t factor : {0, 1, 5}) {
        const Point point = stored<TypeParam>(multiple_of_generator(factor));
        Point negative;
        Point again;
        TypeParam::copy(point, true, negative);
        TypeParam::copy(negative, true, again);
        EXPECT_EQ(TypeParam::to_projective(negative), multiple_of_generator(-factor));
        EXPECT_EQ(TypeParam::to_projective(again), multiple_of_generator(factor));
    }
}

// Weighted sums of rows of any length, with identities, and equal points all along.
TYPED_TEST(G1Batch, WeighsRows) {
    using Point = typename TypeParam::Point;
    typename TypeParam::Adder adder;
    for (const std::size_t width : {1U, 2U, 5U, 16U, 17U, 33U, 100U, 300U}) {
        for (const std::size_t rows : {1U, 3U}) {
            std::vector<Point> points;
            std::vector<std::int64_t> weighted(rows);
            std::vector<std::int64_t> total(rows);
            for (std::size_t row = 0; row < rows; ++row) {
                for (std::size_t i = 0; i < width; ++i) {
                    const std::int64_t factor = row == 0 ? 1 : static_cast<std::int64_t>(i * 7 % 4) - 1;
                    points.push_back(stored<TypeParam>(multiple_of_generator(factor)));
                    weighted[row] += static_cast<std::int64_t>(i + 1) * factor;
                    total[row] += factor;
                }
            }
            const auto sums = BucketReducer<TypeParam>(adder).reduce(points, rows);
            for (std::size_t row = 0; row < rows; ++row) {
                EXPECT_EQ(sums[row].weighted, multiple_of_generator(weighted[row])) << width << " " << row;
                EXPECT_EQ(sums[row].total, multiple_of_generator(total[row])) << width << " " << row;
            }
        }
    }
}

}  // namespace
}  // namespace dusk::crypto
