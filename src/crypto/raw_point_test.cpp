#include "crypto/raw_point.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>

namespace dusk::crypto {
namespace {

template <class Curve>
AffinePoint<Curve> point_from(std::uint64_t seed) {
    const std::string text = "raw" + std::to_string(seed);
    return (ProjectivePoint<Curve>::generator() * Fq::hash_to_scalar(as_bytes(text))).to_affine();
}

template <class Curve>
class RawPointTest : public testing::Test {};
using Curves = testing::Types<G1Curve, G2Curve>;
TYPED_TEST_SUITE(RawPointTest, Curves);

TYPED_TEST(RawPointTest, ArchiveOfAPointGivesItBack) {
    using Raw = RawPoint<TypeParam>;
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
        const auto point = point_from<TypeParam>(seed);
        const Raw raw = Raw::from_archive(point.to_archive()).value();
        EXPECT_EQ(raw.validated(), point);
        EXPECT_EQ(raw.to_affine_unchecked(), point);
        EXPECT_EQ(raw.to_compressed(), point.to_compressed());
        EXPECT_TRUE(is_valid_by_exact_arithmetic(raw));
        const Raw from_raw = Raw::from_slice_unchecked(point.to_raw_bytes());
        EXPECT_EQ(from_raw.validated(), point);
    }
}

TYPED_TEST(RawPointTest, TheIdentityIsNotValid) {
    using Affine = AffinePoint<TypeParam>;
    using Raw = RawPoint<TypeParam>;
    const Raw raw = Raw::from_archive(Affine::identity().to_archive()).value();
    EXPECT_FALSE(raw.is_valid());
    EXPECT_FALSE(is_valid_by_exact_arithmetic(raw));
    EXPECT_EQ(raw.to_affine_unchecked(), Affine::identity());
    EXPECT_EQ(raw.to_compressed(), Affine::identity().to_compressed());
    // Neither is blst's form of it, (0, 0) without the flag.
    const Raw zero = Raw::from_archive(ByteArray<Affine::kArchivedSize>{}).value();
    EXPECT_FALSE(zero.is_valid());
    EXPECT_FALSE(is_valid_by_exact_arithmetic(zero));
}

TYPED_TEST(RawPointTest, ShortSlicesAreFilledWithZeros) {
    using Affine = AffinePoint<TypeParam>;
    using Raw = RawPoint<TypeParam>;
    Bytes full = to_vector(Affine::generator().to_raw_bytes());
    full.back() = 7;
    EXPECT_EQ(Raw::from_slice_unchecked(full).infinity(), 7);
    for (std::size_t size = 0; size <= full.size() + 3; ++size) {
        Bytes slice = full;
        slice.resize(size, 0xee);
        Bytes expected = slice;
        expected.resize(std::min(size, Affine::kUncompressedSize) / 8 * 8);
        expected.resize(Affine::kUncompressedSize, 0);
        const Raw raw = Raw::from_slice_unchecked(slice);
        Bytes limbs;
        for (const UnreducedFp& number : raw.numbers()) append(limbs, number.archived());
        EXPECT_EQ(limbs, expected) << size;
        EXPECT_EQ(raw.infinity(), size >= full.size() ? 7 : 0) << size;
    }
}

TYPED_TEST(RawPointTest, ArchivesHaveOneLength) {
    using Affine = AffinePoint<TypeParam>;
    using Raw = RawPoint<TypeParam>;
    EXPECT_EQ(Raw::from_archive(Bytes(Affine::kArchivedSize - 1)).error(), DecodeError::bad_length);
    EXPECT_EQ(Raw::from_archive(Bytes(Affine::kArchivedSize + 1)).error(), DecodeError::bad_length);
}

// Points on and off the curve, in and out of the subgroup, all limbs below p.
template <class Curve>
void fast_and_exact_agree() {
    using Affine = AffinePoint<Curve>;
    ByteArray<Affine::kCompressedSize> bytes{};
    bytes[0] = 0x80;
    bytes.back() = *rc::gen::arbitrary<std::uint8_t>();
    auto point = Affine::from_compressed_unchecked(bytes);
    if (!point || *rc::gen::inRange(0, 2) == 0) point = point_from<Curve>(bytes.back());
    auto archive = point->to_archive();
    if (*rc::gen::inRange(0, 3) == 0) archive[*rc::gen::inRange<std::size_t>(0, Affine::kUncompressedSize)] ^= 1;
    const auto raw = RawPoint<Curve>::from_archive(archive).value();
    RC_ASSERT(raw.is_valid() == is_valid_by_exact_arithmetic(raw));
    RC_ASSERT(raw.is_valid() == Affine::from_archive(archive).has_value());
}

RC_GTEST_PROP(RawPointProperty, FastAndExactAgreeInG1, ()) { fast_and_exact_agree<G1Curve>(); }
RC_GTEST_PROP(RawPointProperty, FastAndExactAgreeInG2, ()) { fast_and_exact_agree<G2Curve>(); }

// Adding p to a coordinate changes no value, and the point is either refused or the same.
RC_GTEST_PROP(RawPointProperty, UnreducedLimbsNeverBecomeAnotherPoint, ()) {
    const G2Affine point = point_from<G2Curve>(*rc::gen::arbitrary<std::uint8_t>());
    auto numbers = RawG2::from_archive(point.to_archive())->numbers();
    for (UnreducedFp& number : numbers) {
        UnreducedFp::Limbs limbs = number.limbs();
        const auto times = *rc::gen::inRange(0, 4);
        for (int i = 0; i < times; ++i) {
            std::uint64_t carry = 0;
            for (std::size_t j = 0; j < 6; ++j) limbs[j] = detail::add_carry(limbs[j], FpParams::modulus[j], carry);
        }
        number = UnreducedFp(limbs);
    }
    const RawG2 raw(numbers, 0);
    const auto validated = raw.validated();
    if (validated) RC_ASSERT(*validated == point);  // not ||: the macro evaluates both sides
    RC_ASSERT(raw.is_valid() == is_valid_by_exact_arithmetic(raw));
}

}  // namespace
}  // namespace dusk::crypto
