#include "crypto/curve_point.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>

#include "crypto/g1.hpp"
#include "crypto/g2.hpp"

namespace dusk::crypto {
namespace {

Fq scalar_from(std::uint64_t seed) {
    const std::string text = "point" + std::to_string(seed);
    return Fq::hash_to_scalar(as_bytes(text));
}

template <class Curve>
class CurvePoint : public testing::Test {
  public:
    using Affine = AffinePoint<Curve>;
    using Projective = ProjectivePoint<Curve>;

    static Projective point_from(std::uint64_t seed) { return Projective::generator() * scalar_from(seed); }
    // The compressed form with this x (its last coordinate) and these flags.
    static ByteArray<Affine::kCompressedSize> compressed(std::uint8_t x, std::uint8_t flags) {
        ByteArray<Affine::kCompressedSize> bytes{};
        bytes.back() = x;
        bytes.front() = flags;
        return bytes;
    }
    // A point of the curve outside the subgroup.
    static Affine outside() {
        for (std::uint8_t x = 0; x < 100; ++x) {
            const auto point = Affine::from_compressed_unchecked(compressed(x, 0x80));
            if (point && !point->is_in_subgroup()) return *point;
        }
        throw std::logic_error("nearly all points are outside");
    }
};

using Curves = testing::Types<G1Curve, G2Curve>;
TYPED_TEST_SUITE(CurvePoint, Curves);

TYPED_TEST(CurvePoint, IsAGroupThatScalarsActOn) {
    using Projective = ProjectivePoint<TypeParam>;
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
        const Projective p = TestFixture::point_from(3 * seed);
        const Projective q = TestFixture::point_from(3 * seed + 1);
        const Projective r = TestFixture::point_from(3 * seed + 2);
        EXPECT_EQ(p + q, q + p);
        EXPECT_EQ((p + q) + r, p + (q + r));
        EXPECT_EQ(p + Projective::identity(), p);
        EXPECT_EQ(p + q.to_affine(), p + q);
        EXPECT_EQ(p + p.to_affine(), p.doubled());
        EXPECT_EQ(p + p, p.doubled());
        EXPECT_TRUE((p - p).is_identity());
        EXPECT_TRUE((p - p.to_affine()).is_identity());
        EXPECT_EQ(-p, Projective(-p.to_affine()));
        const Fq a = scalar_from(seed + 100);
        const Fq b = scalar_from(seed + 200);
        EXPECT_EQ((a + b) * p, a * p + b * p);
        EXPECT_EQ((a * b) * p, a * (b * p));
        EXPECT_EQ(a * (p + q), a * p + a * q);
    }
}

TYPED_TEST(CurvePoint, SpecialScalars) {
    using Projective = ProjectivePoint<TypeParam>;
    const Projective p = TestFixture::point_from(1);
    EXPECT_TRUE((p * Fq::zero()).is_identity());
    EXPECT_EQ(p * Fq::one(), p);
    EXPECT_EQ(p * -Fq::one(), -p);
    EXPECT_EQ(p * Fq::from_u64(2), p.doubled());
    EXPECT_TRUE((Projective::identity() * scalar_from(1)).is_identity());
    ByteArray<16> ones;
    ones.fill(0xff);
    EXPECT_EQ(p.times_short(ones), p * Fq::from_raw({~0ULL, ~0ULL, 0, 0}));
    EXPECT_TRUE(p.times_short({}).is_identity());
}

TYPED_TEST(CurvePoint, SumsAgreeWithAdditions) {
    using Affine = AffinePoint<TypeParam>;
    using Projective = ProjectivePoint<TypeParam>;
    for (const std::size_t count : {0, 1, 2, 3, 15, 16, 31, 33, 70}) {
        std::vector<Affine> points;
        std::vector<Fq> scalars;
        std::vector<ByteArray<16>> shorts;
        Projective sum;
        Projective products;
        Projective short_products;
        for (std::size_t i = 0; i < count; ++i) {
            Affine point = TestFixture::point_from(i).to_affine();
            if (i % 7 == 3) point = Affine::identity();
            if (i % 7 == 4 && i > 7) point = points[i - 2];
            if (i % 7 == 5) point = -points[i - 1];
            const Fq scalar = i % 5 == 1 ? Fq::zero() : scalar_from(i + 1000);
            points.push_back(point);
            scalars.push_back(scalar);
            shorts.push_back(take<16>(scalar.to_bytes()));
            sum += point;
            products += Projective(point) * scalar;
            short_products += Projective(point).times_short(shorts.back());
        }
        EXPECT_EQ(Projective::sum(points), sum) << count;
        EXPECT_EQ(Projective::sum_of_products_vartime(points, scalars), products) << count;
        EXPECT_EQ(Projective::sum_of_short_products_vartime(points, shorts), short_products) << count;
        scalars.push_back(Fq::one());
        EXPECT_EQ(Projective::sum_of_products_vartime(points, scalars), products) << "one scalar too many";
    }
}

TYPED_TEST(CurvePoint, BatchToAffineAgreesWithSingle) {
    using Projective = ProjectivePoint<TypeParam>;
    std::vector<Projective> points;
    EXPECT_TRUE(Projective::batch_to_affine(points).empty());
    for (std::uint64_t i = 0; i < 20; ++i) {
        points.push_back(i % 6 == 0 ? Projective::identity() : TestFixture::point_from(i));
    }
    const auto affine = Projective::batch_to_affine(points);
    ASSERT_EQ(affine.size(), points.size());
    for (std::size_t i = 0; i < points.size(); ++i) EXPECT_EQ(affine[i], points[i].to_affine());
}

TYPED_TEST(CurvePoint, EveryFormReadsBack) {
    using Affine = AffinePoint<TypeParam>;
    using Projective = ProjectivePoint<TypeParam>;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const Projective sum = seed == 0 ? Projective() : TestFixture::point_from(seed);
        const Affine point = sum.to_affine();
        EXPECT_TRUE(point.is_on_curve());
        EXPECT_TRUE(point.is_in_subgroup());
        EXPECT_EQ(Affine::from_compressed(point.to_compressed()), point);
        EXPECT_EQ(Affine::from_uncompressed(point.to_uncompressed()), point);
        EXPECT_EQ(Affine::from_archive(point.to_archive()), point);
        EXPECT_TRUE(std::ranges::equal(point.to_raw_bytes(), ByteView(point.to_archive()).first(Affine::kRawSize)));
    }
}

TYPED_TEST(CurvePoint, CompressedFormSaysWhyItIsRefused) {
    using Affine = AffinePoint<TypeParam>;
    const auto error_of = [](ByteView bytes) { return Affine::from_compressed(bytes).error(); };
    const auto generator = Affine::generator().to_compressed();
    EXPECT_EQ(error_of({}), DecodeError::bad_length);
    EXPECT_EQ(error_of(ByteView(generator).first(generator.size() - 1)), DecodeError::bad_length);
    Bytes longer = to_vector(generator);
    longer.push_back(0);
    EXPECT_EQ(error_of(longer), DecodeError::bad_length);

    for (const int flags : {0x00, 0x20, 0x40, 0x60, 0xe0}) {
        EXPECT_EQ(error_of(TestFixture::compressed(0, static_cast<std::uint8_t>(flags))), DecodeError::bad_flags);
    }
    EXPECT_EQ(Affine::from_compressed(TestFixture::compressed(0, 0xc0)), Affine::identity());
    EXPECT_EQ(error_of(TestFixture::compressed(1, 0xc0)), DecodeError::bad_flags);

    // p itself in either coordinate.
    auto modulus = ByteArray<kFpSize>{0x1a, 0x01, 0x11, 0xea, 0x39, 0x7f, 0xe6, 0x9a, 0x4b, 0x1b, 0xa7, 0xb6,
                                      0x43, 0x4b, 0xac, 0xd7, 0x64, 0x77, 0x4b, 0x84, 0xf3, 0x85, 0x12, 0xbf,
                                      0x67, 0x30, 0xd2, 0xa0, 0xf6, 0xb0, 0xf6, 0x24, 0x1e, 0xab, 0xff, 0xfe,
                                      0xb1, 0x53, 0xff, 0xff, 0xb9, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xaa, 0xab};
    for (std::size_t at = 0; at < Affine::kCompressedSize; at += kFpSize) {
        auto bytes = TestFixture::compressed(0, 0);
        std::ranges::copy(modulus, bytes.begin() + static_cast<std::ptrdiff_t>(at));
        bytes[0] |= 0x80;
        EXPECT_EQ(error_of(bytes), DecodeError::not_canonical);
        bytes[0] |= 0x40;
        EXPECT_EQ(error_of(bytes), DecodeError::not_canonical);
    }

    bool seen_no_point = false;
    for (std::uint8_t x = 0; x < 20; ++x) {
        const auto point = Affine::from_compressed_unchecked(TestFixture::compressed(x, 0x80));
        if (point) continue;
        seen_no_point = true;
        EXPECT_EQ(point.error(), DecodeError::not_on_curve);
    }
    EXPECT_TRUE(seen_no_point);
    const Affine outside = TestFixture::outside();
    EXPECT_TRUE(outside.is_on_curve());
    EXPECT_EQ(error_of(outside.to_compressed()), DecodeError::not_in_subgroup);
}

TYPED_TEST(CurvePoint, UncompressedFormSaysWhyItIsRefused) {
    using Affine = AffinePoint<TypeParam>;
    const auto error_of = [](ByteView bytes) { return Affine::from_uncompressed(bytes).error(); };
    auto bytes = Affine::generator().to_uncompressed();
    EXPECT_EQ(error_of(ByteView(bytes).first(Affine::kCompressedSize)), DecodeError::bad_length);
    for (const int flag : {0x80, 0x40, 0x20}) {
        auto flagged = bytes;
        flagged[0] |= static_cast<std::uint8_t>(flag);
        EXPECT_EQ(error_of(flagged), DecodeError::bad_flags);
    }
    auto off = bytes;
    off.back() ^= 1;
    EXPECT_EQ(error_of(off), DecodeError::not_on_curve);
    auto too_large = bytes;
    std::fill_n(too_large.end() - kFpSize, kFpSize, std::uint8_t{0xff});
    EXPECT_EQ(error_of(too_large), DecodeError::not_canonical);
    EXPECT_EQ(error_of(TestFixture::outside().to_uncompressed()), DecodeError::not_in_subgroup);
    EXPECT_EQ(error_of(ByteArray<Affine::kUncompressedSize>{}), DecodeError::not_on_curve);
}

TYPED_TEST(CurvePoint, ArchiveSaysWhyItIsRefused) {
    using Affine = AffinePoint<TypeParam>;
    const auto error_of = [](ByteView bytes) { return Affine::from_archive(bytes).error(); };
    const auto archive = Affine::generator().to_archive();
    EXPECT_EQ(error_of(ByteView(archive).first(Affine::kRawSize)), DecodeError::bad_length);
    auto changed = archive;
    changed[Affine::kUncompressedSize] = 2;
    EXPECT_EQ(error_of(changed), DecodeError::bad_flags);
    changed = archive;
    std::fill_n(changed.begin(), kFpSize, std::uint8_t{0xff});
    EXPECT_EQ(error_of(changed), DecodeError::not_canonical);
    changed = archive;
    changed[0] ^= 1;
    EXPECT_EQ(error_of(changed), DecodeError::not_on_curve);
    EXPECT_EQ(error_of(TestFixture::outside().to_archive()), DecodeError::not_in_subgroup);
    changed = archive;
    changed[Affine::kUncompressedSize] = 1;
    EXPECT_EQ(Affine::from_archive(changed), Affine::identity());
}

// Whatever decodes is the only encoding of its point.
RC_GTEST_PROP(CurvePointCodec, DecodedBytesEncodeToThemselves, ()) {
    ByteArray<48> bytes =
        (G1Projective::generator() * scalar_from(*rc::gen::arbitrary<std::uint8_t>())).to_affine().to_compressed();
    bytes[*rc::gen::inRange<std::size_t>(0, 48)] ^= *rc::gen::arbitrary<std::uint8_t>();
    const auto point = G1Affine::from_compressed_unchecked(bytes);
    if (point) RC_ASSERT(point->to_compressed() == bytes);
}

}  // namespace
}  // namespace dusk::crypto
