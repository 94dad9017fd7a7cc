#include "plonk/proof.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "plonk/sample_proof.hpp"

namespace dusk::plonk {
namespace {

Bytes sample_bytes() {
    static const Bytes bytes = to_vector(SampleProof().prove().to_bytes());
    return bytes;
}

TEST(Proof, ReadsBackWhatItWrites) {
    const auto proof = Proof::from_slice_exact(sample_bytes());
    ASSERT_TRUE(proof);
    EXPECT_TRUE(std::ranges::equal(proof->to_bytes(), sample_bytes()));
}

TEST(Proof, ReadsItsFirstBytesOnlyUnlessExact) {
    Bytes bytes = sample_bytes();
    bytes.push_back(1);
    EXPECT_EQ(Proof::from_slice(bytes), Proof::from_slice(sample_bytes()));
    EXPECT_EQ(Proof::from_slice_exact(bytes), fail(ProofError::trailing_bytes));
    bytes.resize(Proof::kSize - 1);
    EXPECT_EQ(Proof::from_slice(bytes), fail(ProofError::short_input));
    EXPECT_EQ(Proof::from_slice_exact({}), fail(ProofError::short_input));
}

TEST(Proof, RefusesWhatIsNoPointOrNumber) {
    for (std::size_t point = 0; point < Proof::kPoints; ++point) {
        Bytes bytes = sample_bytes();
        std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(48 * point), 48, std::uint8_t{0xff});
        EXPECT_EQ(Proof::from_slice(bytes), fail(ProofError::bad_point)) << point;
    }
    for (std::size_t scalar = 0; scalar < Proof::kScalars; ++scalar) {
        Bytes bytes = sample_bytes();
        std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(528 + 32 * scalar), 32, std::uint8_t{0xff});
        EXPECT_EQ(Proof::from_slice(bytes), fail(ProofError::bad_scalar)) << scalar;
    }
}

TEST(Proof, ReadsTheIdentity) {
    Bytes bytes = sample_bytes();
    std::ranges::copy(G1Affine::identity().to_compressed(), bytes.begin());
    const auto proof = Proof::from_slice_exact(bytes);
    ASSERT_TRUE(proof);
    EXPECT_TRUE(proof->wires[0].is_identity());
}

// Good and bad ones in any order, each with the answer that it gets alone.
TEST(Proof, ManyAreReadAsOneByOne) {
    std::vector<Bytes> encodings(9, sample_bytes());
    std::fill_n(encodings[1].begin() + 48 * 10, 48, std::uint8_t{0xff});
    encodings[2].resize(Proof::kSize - 1);
    std::fill_n(encodings[4].begin() + 528, 32, std::uint8_t{0xff});
    encodings[5].push_back(1);
    std::ranges::copy(G1Affine::identity().to_compressed(), encodings[6].begin());
    encodings[7][47] ^= 1U;
    const std::vector<ByteView> slices(encodings.begin(), encodings.end());
    const auto read = Proof::from_slices(slices);
    ASSERT_EQ(read.size(), slices.size());
    for (std::size_t i = 0; i < read.size(); ++i) EXPECT_EQ(read[i], Proof::from_slice(slices[i])) << i;
    EXPECT_TRUE(read[0] && read[3] && read[5] && read[6] && read[8]);
    EXPECT_FALSE(read[1] || read[2] || read[4] || read[7]);
    EXPECT_TRUE(Proof::from_slices({}).empty());
}

RC_GTEST_PROP(Proof, OneEncodingPerValue, ()) {
    Bytes bytes = sample_bytes();
    bytes[*rc::gen::inRange<std::size_t>(0, bytes.size())] ^= *rc::gen::inRange<std::uint8_t>(1, 255);
    const auto proof = Proof::from_slice_exact(bytes);
    if (proof) RC_ASSERT(std::ranges::equal(proof->to_bytes(), bytes));
}

}  // namespace
}  // namespace dusk::plonk
