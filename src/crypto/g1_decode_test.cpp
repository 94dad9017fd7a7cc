// Points decoded together against one by one.
#include "crypto/g1_decode.hpp"

#include <gtest/gtest.h>

#include <map>

#include "base/cpu.hpp"
#include "crypto/chacha_rng.hpp"

namespace dusk::crypto {
namespace {

using Encoded = ByteArray<G1Affine::kCompressedSize>;

// Good ones, and each kind of bad one, in no order.
Encoded some_point(ChaChaRng& random) {
    Encoded out{};
    switch (random.next_u64() % 9) {
        case 0:  // of the curve at best
            random.fill(out);
            out[0] = static_cast<std::uint8_t>(0x80 | (out[0] & 0x2f));
            return out;
        case 1:
            random.fill(out);
            return out;
        case 2:
            out[0] = 0xc0;  // the identity
            return out;
        case 3:
            out[0] = static_cast<std::uint8_t>(0x80 | (random.next_u64() % 2) << 5U);  // of order three
            return out;
        case 4:
            out.fill(0xff);
            out[0] = 0x9f;  // beyond p
            return out;
        default:
            return (G1Projective::generator() * Fq::random(random)).to_affine().to_compressed();
    }
}

TEST(G1Decode, GivesTheAnswersOfOneByOne) {
    const CpuFeatures here = cpu_features();
    ChaChaRng random(7);
    std::map<DecodeError, int> errors;
    int good = 0;
    for (std::size_t round = 0; round < 60; ++round) {
        const std::size_t count = round % 30;
        Bytes bytes;
        for (std::size_t i = 0; i < count; ++i) {
            const Encoded point = some_point(random);
            bytes.insert(bytes.end(), point.begin(), point.end());
        }
        for (const CpuFeatures& features : {CpuFeatures{}, here}) {
            set_cpu_features(features);
            const auto decoded = decode_g1(bytes);
            ASSERT_EQ(decoded.size(), count);
            for (std::size_t i = 0; i < count; ++i) {
                const auto expected = G1Affine::from_compressed(ByteView(bytes).subspan(48 * i, 48));
                ASSERT_EQ(decoded[i].has_value(), expected.has_value()) << i;
                if (expected) {
                    EXPECT_EQ(*decoded[i], *expected);
                    ++good;
                } else {
                    EXPECT_EQ(decoded[i].error(), expected.error());
                    ++errors[expected.error()];
                }
            }
        }
    }
    set_cpu_features(here);
    EXPECT_GT(good, 500);
    for (const DecodeError error : {DecodeError::bad_flags, DecodeError::not_canonical, DecodeError::not_on_curve,
                                    DecodeError::not_in_subgroup}) {
        EXPECT_GT(errors[error], 20) << to_string(error);
    }
}

}  // namespace
}  // namespace dusk::crypto
