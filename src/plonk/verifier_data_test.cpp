#include "plonk/verifier_data.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "plonk/sample_proof.hpp"

namespace dusk::plonk {
namespace {

const VerifierData& sample() {
    static const VerifierData data = SampleProof(16, "abc").data;
    return data;
}
constexpr std::size_t kKey = VerifierData::kHeaderSize + 3;
constexpr std::size_t kOpeningKey = kKey + VerifierKey::kSize;

Bytes with(std::size_t offset, std::uint64_t big_endian) {
    Bytes bytes = sample().to_bytes();
    store_be(bytes.data() + offset, big_endian);
    return bytes;
}

TEST(VerifierData, ReadsBackWhatItWrites) {
    const Bytes bytes = sample().to_bytes();
    EXPECT_EQ(VerifierData::from_bytes(bytes), sample());
    EXPECT_EQ(VerifierData::from_slice_lenient(bytes), sample());
}

TEST(VerifierData, DomainsArePowersOfTwoUpTo31Bits) {
    EXPECT_EQ(log2_domain(0), 0U);
    EXPECT_EQ(log2_domain(1), 0U);
    EXPECT_EQ(log2_domain(5), 3U);
    EXPECT_EQ(log2_domain(std::uint64_t{1} << 31), 31U);
    EXPECT_EQ(log2_domain((std::uint64_t{1} << 31) + 1), fail(ProofError::bad_domain));
    EXPECT_EQ(log2_domain(~std::uint64_t{0}), fail(ProofError::bad_domain));
}

TEST(VerifierData, EveryShorterInputIsShort) {
    const Bytes bytes = sample().to_bytes();
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        ASSERT_EQ(VerifierData::from_bytes(ByteView(bytes).first(size)), fail(ProofError::short_input)) << size;
        ASSERT_EQ(VerifierData::from_slice_lenient(ByteView(bytes).first(size)), fail(ProofError::short_input)) << size;
    }
}

TEST(VerifierData, LengthsThatOverflowAreRefused) {
    for (std::size_t field = 0; field < 4; ++field) {
        for (const std::uint64_t value : {~std::uint64_t{0}, std::uint64_t{1} << 63, std::uint64_t{1} << 61}) {
            EXPECT_FALSE(VerifierData::from_bytes(with(8 * field, value)));
            EXPECT_EQ(VerifierData::from_slice_lenient(with(8 * field, value)), fail(ProofError::short_input));
        }
    }
}

TEST(VerifierData, OnlyTheLenientReadingLooksAway) {
    Bytes longer = sample().to_bytes();
    longer.push_back(0);
    EXPECT_EQ(VerifierData::from_slice_lenient(longer), sample());
    EXPECT_EQ(VerifierData::from_bytes(longer), fail(ProofError::trailing_bytes));

    Bytes padded = sample().to_bytes();
    padded[kOpeningKey - 1] = 1;
    EXPECT_EQ(VerifierData::from_slice_lenient(padded), sample());
    EXPECT_EQ(VerifierData::from_bytes(padded), fail(ProofError::bad_padding));

    EXPECT_TRUE(VerifierData::from_slice_lenient(with(32, 5)));
    EXPECT_EQ(VerifierData::from_bytes(with(32, 5)), fail(ProofError::bad_size));
    EXPECT_TRUE(VerifierData::from_slice_lenient(with(40, 5)));
    EXPECT_EQ(VerifierData::from_bytes(with(40, 5)), fail(ProofError::bad_size));

    const std::size_t rows = kOpeningKey + OpeningKey::kSize;
    for (const std::uint64_t row : {std::uint64_t{16}, ~std::uint64_t{0}, sample().public_rows[0]}) {
        EXPECT_TRUE(VerifierData::from_slice_lenient(with(rows + 8, row)));
        EXPECT_EQ(VerifierData::from_bytes(with(rows + 8, row)), fail(ProofError::bad_rows)) << row;
    }
    Bytes no_h = sample().to_bytes();
    std::ranges::copy(G2Affine::identity().to_compressed(), no_h.begin() + kOpeningKey + 48);
    EXPECT_TRUE(VerifierData::from_slice_lenient(no_h));
    EXPECT_EQ(VerifierData::from_bytes(no_h), fail(ProofError::bad_opening_key));
}

TEST(VerifierData, BothRefuseWhatIsNoPoint) {
    for (const std::size_t offset : {kKey + 8, kKey + 8 + 14 * 48, kOpeningKey, kOpeningKey + 48, kOpeningKey + 144}) {
        EXPECT_EQ(VerifierData::from_bytes(with(offset, 0)), fail(ProofError::bad_point));
        EXPECT_EQ(VerifierData::from_slice_lenient(with(offset, 0)), fail(ProofError::bad_point));
    }
}

RC_GTEST_PROP(VerifierData, WhatTheStrictReadingTakesHasOneEncoding, ()) {
    Bytes bytes = sample().to_bytes();
    bytes[*rc::gen::inRange<std::size_t>(0, bytes.size())] ^= *rc::gen::inRange<std::uint8_t>(1, 255);
    const auto data = VerifierData::from_bytes(bytes);
    if (!data) return;
    RC_ASSERT(data->to_bytes() == bytes);
    RC_ASSERT(VerifierData::from_slice_lenient(bytes).value() == *data);
}

}  // namespace
}  // namespace dusk::plonk
