// The test of the subgroup against its definition, q P = 0, on points of every order.
#include "crypto/g1_subgroup.hpp"

#include <gtest/gtest.h>

#include <array>
#include <vector>

#include "base/cpu.hpp"
#include "crypto/chacha_rng.hpp"
#include "crypto/g1.hpp"
#include "crypto/g1_decode_ifma.hpp"

namespace dusk::crypto {
namespace {

constexpr std::array<std::uint64_t, 5> kCofactorPrimes{3, 11, 10177, 859267, 52437899};
constexpr std::uint64_t kCofactorRoot = 0xd201000000010001;  // 1 - z: its multiples are in the subgroup

blst_p1 times(const blst_p1& point, std::uint64_t factor) {
    ByteArray<8> bytes{};
    store_le(bytes.data(), factor);
    blst_p1 out;
    blst_p1_mult(&out, &point, bytes.data(), 64);
    return out;
}

// (q - 1) P + P: blst does not multiply by more.
blst_p1 times_order(const blst_p1& point) {
    const ByteArray<32> order_less_one = (-Fq::one()).to_bytes();
    blst_p1 out;
    blst_p1_mult(&out, &point, order_less_one.data(), 255);
    blst_p1_add_or_double(&out, &out, &point);
    return out;
}

class Points {
  public:
    Points() {
        crypto::ChaChaRng random(1);
        while (count_ < 40) {
            ByteArray<48> bytes{};
            random.fill(bytes);
            bytes[0] = static_cast<std::uint8_t>(0x80 | (bytes[0] & 0x2f));
            const auto point = G1Affine::from_compressed_unchecked(bytes);
            if (!point || point->is_identity()) continue;
            ++count_;
            add_all_of(point->blst());
        }
    }
    [[nodiscard]] const std::vector<blst_p1>& all() const { return all_; }

  private:
    void add_all_of(const blst_p1_affine& affine) {
        blst_p1 point;
        blst_p1_from_affine(&point, &affine);
        all_.push_back(point);
        const blst_p1 inside = times(point, kCofactorRoot);
        all_.push_back(inside);
        const blst_p1 torsion = times_order(point);
        all_.push_back(torsion);
        for (const std::uint64_t prime : kCofactorPrimes) {
            blst_p1 small = torsion;
            for (const std::uint64_t other : kCofactorPrimes) {
                if (other != prime) small = times(times(small, other), other);
            }
            // Of the order of the prime, or of the whole part of it.
            for (const blst_p1& outside : {small, times(small, prime)}) {
                all_.push_back(outside);
                blst_p1 both;
                blst_p1_add_or_double(&both, &outside, &inside);
                all_.push_back(both);
            }
        }
    }

    int count_ = 0;
    std::vector<blst_p1> all_;
};

TEST(G1Subgroup, IsWhereTheOrderIsQ) {
    const CpuFeatures here = cpu_features();
    const Points points;
    for (const CpuFeatures& features : {CpuFeatures{}, here}) {
        set_cpu_features(features);
        int inside = 0;
        int outside = 0;
        for (const blst_p1& point : points.all()) {
            blst_p1_affine affine;
            blst_p1_to_affine(&affine, &point);
            const blst_p1 multiple = times_order(point);
            const bool expected = blst_p1_is_inf(&multiple);
            EXPECT_EQ(is_in_g1(affine), expected);
            blst_p1_affine negative = affine;
            negative.y = negate(affine.y);
            EXPECT_EQ(is_in_g1(negative), expected);
            ++(expected ? inside : outside);
        }
        EXPECT_GE(inside, 40);
        EXPECT_GE(outside, 400);
        EXPECT_TRUE(is_in_g1({}));
        EXPECT_TRUE(is_in_g1(*blst_p1_affine_generator()));
    }
    set_cpu_features(here);
}

#if defined(__x86_64__)
TEST(G1Subgroup, EightAtATimeGivesTheSameAnswers) {
    if (!cpu_features().avx512_ifma) GTEST_SKIP() << "needs AVX-512 IFMA";
    const Points points;
    for (std::size_t begin = 0; begin + 8 <= points.all().size(); begin += 8) {
        std::array<blst_p1_affine, 8> eight;
        std::array<Fp, 8> xs;
        for (std::size_t i = 0; i < 8; ++i) {
            blst_p1_to_affine(&eight[i], &points.all()[begin + i]);
            xs[i] = eight[i].x;
        }
        const G1Roots roots = g1_roots_ifma(xs);
        EXPECT_EQ(roots.on_curve, 0xffU);
        for (std::size_t i = 0; i < 8; ++i) {
            if (is_zero(xs[i])) continue;  // the identity has no x
            EXPECT_EQ((roots.in_subgroup >> i & 1U) == 1, is_in_g1(eight[i])) << begin + i;
            EXPECT_TRUE(equal(roots.y[i], eight[i].y) || equal(roots.y[i], negate(eight[i].y)));
        }
    }
}
#endif

// φ leaves them where they are, so that z² P = φ(P).
TEST(G1Subgroup, DoesNotHoldThePointsOfOrderThree) {
    for (const std::uint8_t first : ByteArray<2>{0x80, 0xa0}) {
        const ByteArray<48> bytes{first};
        const auto point = G1Affine::from_compressed_unchecked(bytes);
        ASSERT_TRUE(point);
        EXPECT_FALSE(is_in_g1(point->blst()));
        EXPECT_EQ(G1Affine::from_compressed(bytes).error(), DecodeError::not_in_subgroup);
    }
}

}  // namespace
}  // namespace dusk::crypto
