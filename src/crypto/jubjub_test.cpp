#include "crypto/jubjub.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "crypto/jubjub_exact.hpp"
#include "crypto/jubjub_map.hpp"
#include "crypto/jubjub_multiply.hpp"

namespace dusk::crypto {
namespace {

Fr arbitrary_scalar() {
    ByteArray<64> bytes;
    for (auto& byte : bytes) byte = *rc::gen::arbitrary<std::uint8_t>();
    return *rc::gen::element(Fr::from_bytes_wide(bytes), Fr::zero(), Fr::one(), -Fr::one(), Fr::from_u64(bytes[0]));
}

// r P by the slow ladder that the network uses for its test of the subgroup: (r - 1) P + P.
JubJubExtended times_order(const JubJubAffine& p) { return multiply_exact(p, -Fr::one()) + p; }

// A point of order 8: r P for some P.
JubJubAffine torsion_generator() {
    for (std::uint64_t v = 2;; ++v) {
        const auto p = JubJubAffine::from_bytes_lax(Fq::from_u64(v).to_bytes());
        if (!p) continue;
        const JubJubExtended t = times_order(*p);
        if (!t.doubled().doubled().is_identity()) return t.to_affine();
    }
}

std::vector<JubJubAffine> torsion_points() {
    std::vector<JubJubAffine> out;
    const JubJubAffine t = torsion_generator();
    JubJubExtended multiple;
    for (int i = 0; i < 8; ++i) {
        out.push_back(multiple.to_affine());
        multiple = multiple + t;
    }
    EXPECT_TRUE(multiple.is_identity());
    return out;
}

// Any point of the curve.
JubJubAffine arbitrary_point() {
    static const std::vector<JubJubAffine> torsion = torsion_points();
    const auto k = *rc::gen::inRange<std::size_t>(0, 8);
    return (multiply_generator(arbitrary_scalar()) + torsion[k]).to_affine();
}

TEST(JubJub, GeneratorsHavePrimeOrder) {
    for (const JubJubAffine& g : {kJubJubGenerator, kJubJubGeneratorNums}) {
        EXPECT_TRUE(g.is_on_curve());
        EXPECT_TRUE(g.is_prime_order());
        EXPECT_TRUE(times_order(g).is_identity());
    }
}

TEST(JubJub, TorsionPointsAreOutsideTheSubgroup) {
    const auto torsion = torsion_points();
    for (std::size_t i = 0; i < torsion.size(); ++i) {
        EXPECT_TRUE(torsion[i].is_on_curve());
        EXPECT_EQ(torsion[i].is_torsion_free(), i == 0) << i;
        EXPECT_EQ(JubJubAffine::from_bytes_strict(torsion[i].to_bytes()).has_value(), i == 0) << i;
        EXPECT_EQ(JubJubAffine::from_bytes_lax(torsion[i].to_bytes()), torsion[i]) << i;
    }
}

TEST(JubJub, DecodersNameTheReason) {
    using enum DecodeError;
    EXPECT_EQ(JubJubAffine::from_bytes_lax(ByteArray<31>{}).error(), bad_length);
    EXPECT_EQ(JubJubAffine::from_bytes_strict(ByteArray<33>{}).error(), bad_length);
    ByteArray<32> bytes = JubJubAffine::identity().to_bytes();
    EXPECT_TRUE(JubJubAffine::from_bytes_strict(bytes)->is_identity());
    bytes[31] = 0x80;
    EXPECT_EQ(JubJubAffine::from_bytes_lax(bytes).error(), not_canonical);
    bytes.fill(0xff);
    EXPECT_EQ(JubJubAffine::from_bytes_lax(bytes).error(), not_canonical);
    EXPECT_EQ(JubJubAffine::from_bytes_strict((-Fq::one()).to_bytes()).error(), not_in_subgroup);
    EXPECT_EQ(JubJubAffine::from_bytes_lax(Fq::from_u64(2).to_bytes()).error(), not_on_curve);

    auto archive = JubJubExtended(kJubJubGenerator).to_archive();
    EXPECT_EQ(JubJubExtended::from_archive(ByteView(archive).first(159)).error(), bad_length);
    archive[0] ^= 1;
    EXPECT_EQ(JubJubExtended::from_archive(archive).error(), not_on_curve);
    archive.fill(0);
    EXPECT_EQ(JubJubExtended::from_archive(archive).error(), not_on_curve);
    archive.fill(0xff);
    EXPECT_EQ(JubJubExtended::from_archive(archive).error(), not_canonical);
    EXPECT_EQ(JubJubAffine::from_archive(ByteView(archive).first(64)).error(), not_canonical);
}

RC_GTEST_PROP(JubJub, SubgroupTestAgreesWithTheLadder, ()) {
    const auto torsion = torsion_points();
    const JubJubExtended p = multiply_generator(arbitrary_scalar());
    for (std::size_t k = 0; k < torsion.size(); ++k) {
        const JubJubAffine q = (p + torsion[k]).to_affine();
        RC_ASSERT(q.is_torsion_free() == times_order(q).is_identity());
        RC_ASSERT(q.is_torsion_free() == (k == 0));
    }
}

RC_GTEST_PROP(JubJub, StrictIsLaxInTheSubgroup, (std::array<std::uint64_t, 4> words)) {
    ByteArray<32> bytes;
    for (std::size_t i = 0; i < 4; ++i) store_le(bytes.data() + 8 * i, words[i]);
    const auto lax = JubJubAffine::from_bytes_lax(bytes);
    const auto strict = JubJubAffine::from_bytes_strict(bytes);
    const bool in_subgroup = lax.has_value() && times_order(*lax).is_identity();
    RC_ASSERT(strict.has_value() == in_subgroup);
    if (lax) {
        RC_ASSERT(lax->is_on_curve());
        RC_ASSERT(lax->to_bytes() == bytes);
    }
}

RC_GTEST_PROP(JubJub, GroupLaws, ()) {
    const JubJubExtended p = arbitrary_point();
    const JubJubExtended q = arbitrary_point();
    const JubJubExtended r = arbitrary_point();
    RC_ASSERT(p + q == q + p);
    RC_ASSERT((p + q) + r == p + (q + r));
    RC_ASSERT(p + JubJubExtended::identity() == p);
    RC_ASSERT((p - p).is_identity());
    RC_ASSERT(p - q == p + (-q));
    RC_ASSERT(p.doubled() == p + p);
    RC_ASSERT((p + q).is_on_curve());
    RC_ASSERT(p + q.to_affine() == p + q);
    RC_ASSERT(p - q.to_affine() == p - q);
    RC_ASSERT(p.times_cofactor().is_torsion_free());
}

RC_GTEST_PROP(JubJub, FastMultiplicationsAgreeWithTheLadder, ()) {
    const JubJubAffine p = arbitrary_point();
    const Fr k = arbitrary_scalar();
    const JubJubExtended expected = multiply_exact(JubJubExtended(p), k);
    RC_ASSERT(multiply_exact(p, k) == expected);
    RC_ASSERT(multiply(p, k) == expected);
    RC_ASSERT(multiply_vartime(p, k) == expected);
    RC_ASSERT(multiply(expected, k) == multiply_vartime(expected, k));
    RC_ASSERT(multiply_generator(k) == multiply_exact(kJubJubGenerator, k));
    RC_ASSERT(generator_multiples().multiply_vartime(k) == multiply_generator(k));
    RC_ASSERT(multiply_generator_nums(k) == multiply_exact(kJubJubGeneratorNums, k));
    RC_ASSERT(JubJubFixedBase(p).multiply(k) == expected);
}

RC_GTEST_PROP(JubJub, ScalarsDistribute, ()) {
    const Fr a = arbitrary_scalar();
    const Fr b = arbitrary_scalar();
    const JubJubExtended p = multiply_generator_nums(arbitrary_scalar());
    RC_ASSERT(multiply(p, a + b) == multiply(p, a) + multiply(p, b));
    RC_ASSERT(multiply(multiply(p, a), b) == multiply(p, a * b));
}

RC_GTEST_PROP(JubJub, ArchivesComeBack, ()) {
    const JubJubAffine p = arbitrary_point();
    RC_ASSERT(*JubJubAffine::from_archive(p.to_archive()) == p);
    const JubJubExtended q = multiply(p, arbitrary_scalar());
    RC_ASSERT(JubJubExtended::from_archive(q.to_archive())->to_archive() == q.to_archive());
}

RC_GTEST_PROP(JubJub, ManyPointsBecomeAffineAtOnce, ()) {
    const auto count = *rc::gen::inRange<std::size_t>(0, 6);
    std::vector<JubJubExtended> points;
    points.reserve(count);
    for (std::size_t i = 0; i < count; ++i) points.push_back(multiply(arbitrary_point(), arbitrary_scalar()));
    const auto affine = to_affine(points);
    for (std::size_t i = 0; i < count; ++i) RC_ASSERT(affine[i] == points[i].to_affine());
}

RC_GTEST_PROP(JubJub, ValuesMapToPointsAndBack, (std::uint64_t value)) {
    const JubJubAffine p = map_to_point(value);
    RC_ASSERT(unmap_from_point(p) == value);
    RC_ASSERT(p.is_prime_order());
}

}  // namespace
}  // namespace dusk::crypto
