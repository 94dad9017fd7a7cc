#include "plonk/public_parameters.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "crypto/chacha_rng.hpp"
#include "crypto/pairing.hpp"
#include "plonk/fixed_base.hpp"

namespace dusk::plonk {
namespace {

class PublicParametersTest : public testing::Test {
  protected:
    PublicParameters make(std::size_t degree) {
        crypto::ChaChaRng random(3);
        return PublicParameters::setup(degree, random, executor);
    }
    // The powers 1, x, x^2 … of a chosen secret.
    Bytes with_secret(const Fq& x, std::size_t count) {
        Bytes out = to_vector(OpeningKey{.g = G1Affine::generator(),
                                         .h = G2Affine::generator(),
                                         .x_h = (crypto::G2Projective::generator() * x).to_affine()}
                                  .to_bytes());
        crypto::G1Projective power = crypto::G1Projective::generator();
        for (std::size_t i = 0; i < count; ++i) {
            append(out, power.to_affine().to_compressed());
            power = power * x;
        }
        return out;
    }
    SerialExecutor executor;
};

TEST_F(PublicParametersTest, PowersFollowTheSecret) {
    const PublicParameters parameters = make(20);
    ASSERT_EQ(parameters.powers().size(), 30U);
    EXPECT_EQ(parameters.opening_key().g, parameters.powers()[0]);
    // e(G_i+1, h) = e(G_i, x h)
    for (const std::size_t i : {0U, 17U, 28U}) {
        const std::array points{parameters.powers()[i + 1], -parameters.powers()[i]};
        const std::array keys{parameters.opening_key().h, parameters.opening_key().x_h};
        EXPECT_TRUE(crypto::pairing_product_is_one(points, keys)) << i;
    }
}

TEST_F(PublicParametersTest, SmallerOnesOfTheSameDrawsArePrefixes) {
    const PublicParameters large = make(300);
    const PublicParameters small = make(8);
    EXPECT_EQ(large.prefix(18)->to_bytes(), small.to_bytes());
    EXPECT_FALSE(large.prefix(0));
    EXPECT_FALSE(large.prefix(311));
}

TEST_F(PublicParametersTest, BothFormatsReadBack) {
    const PublicParameters parameters = make(5);
    EXPECT_EQ(PublicParameters::from_bytes(parameters.to_bytes(), executor)->to_raw_bytes(), parameters.to_raw_bytes());
    EXPECT_EQ(PublicParameters::from_trusted_raw_bytes(parameters.to_raw_bytes(), executor)->to_bytes(),
              parameters.to_bytes());
}

TEST_F(PublicParametersTest, TrimGivesTenMoreThanTheDomain) {
    const PublicParameters parameters = make(16);  // 26 points
    EXPECT_EQ(parameters.trim(16)->size(), 26U);
    EXPECT_EQ(parameters.trim(9)->size(), 26U);
    EXPECT_EQ(parameters.trim(8)->size(), 18U);
    EXPECT_EQ(parameters.trim(17).error(), ProofError::parameters_too_small);
    EXPECT_EQ(parameters.trim(0).error(), ProofError::empty);
    EXPECT_EQ(parameters.trim(std::uint64_t{1} << 40).error(), ProofError::bad_domain);
}

TEST_F(PublicParametersTest, RefusesSecretsThatAreRootsOfUnity) {
    for (unsigned log2_order = 0; log2_order <= 3; ++log2_order) {
        const Bytes bytes = with_secret(crypto::root_of_unity(log2_order), 9);
        EXPECT_EQ(PublicParameters::from_bytes(bytes, executor).error(), ProofError::root_of_unity_secret);
    }
    // The 16th power is not there to tell.
    EXPECT_TRUE(PublicParameters::from_bytes(with_secret(crypto::root_of_unity(4), 16), executor));
    EXPECT_TRUE(PublicParameters::from_bytes(with_secret(Fq::from_u64(5), 9), executor));
}

TEST_F(PublicParametersTest, RefusesBadBytes) {
    const auto error = [&](const Bytes& bytes) { return PublicParameters::from_bytes(bytes, executor).error(); };
    const Bytes good = make(1).to_bytes();
    EXPECT_EQ(error({}), ProofError::short_input);
    EXPECT_EQ(error(Bytes(good.begin(), good.begin() + 239)), ProofError::short_input);
    EXPECT_EQ(error(Bytes(good.begin(), good.begin() + 240)), ProofError::empty);
    EXPECT_EQ(error(Bytes(good.begin(), good.end() - 1)), ProofError::bad_header);
    Bytes bad_point = good;
    bad_point[240] = 0;
    EXPECT_EQ(error(bad_point), ProofError::bad_point);
    Bytes identity = good;
    std::ranges::copy(G1Affine::identity().to_compressed(), identity.begin());
    EXPECT_EQ(error(identity), ProofError::bad_opening_key);

    const auto raw_error = [&](const Bytes& bytes) {
        return PublicParameters::from_trusted_raw_bytes(bytes, executor).error();
    };
    Bytes raw = make(1).to_raw_bytes();
    EXPECT_EQ(raw_error(Bytes(raw.begin(), raw.begin() + 247)), ProofError::short_input);
    EXPECT_EQ(raw_error(Bytes(raw.begin(), raw.end() - 1)), ProofError::short_input);
    raw.push_back(0);
    EXPECT_EQ(raw_error(raw), ProofError::trailing_bytes);
    raw.pop_back();
    raw[248] ^= 1;
    EXPECT_EQ(raw_error(raw), ProofError::bad_point);
}

TEST_F(PublicParametersTest, RawPointsAreCheckedCompletely) {
    const auto raw = G1Affine::generator().to_raw_bytes();
    EXPECT_TRUE(read_raw_points(raw, executor));
    for (const std::size_t offset : {0U, 48U}) {
        Bytes changed = to_vector(raw);
        changed[offset] ^= 1;
        EXPECT_FALSE(read_raw_points(changed, executor)) << "not on the curve";
        std::fill_n(changed.begin() + static_cast<std::ptrdiff_t>(offset), 48, std::uint8_t{0xff});
        EXPECT_FALSE(read_raw_points(changed, executor)) << "not canonical";
    }
    Bytes flagged = to_vector(raw);
    flagged[96] = 2;
    EXPECT_FALSE(read_raw_points(flagged, executor));
    // On the curve, of another order.
    for (std::uint8_t x = 1; x < 255; ++x) {
        ByteArray<48> bytes{0x80};
        bytes[47] = x;
        const auto point = G1Affine::from_compressed_unchecked(bytes);
        if (!point || point->is_in_subgroup()) continue;
        EXPECT_FALSE(read_raw_points(point->to_raw_bytes(), executor));
        return;
    }
    FAIL() << "no such point";
}

TEST_F(PublicParametersTest, FixedBaseMultiplesAreThose) {
    crypto::ChaChaRng random(9);
    for (const std::size_t count : {1U, 3U, 300U}) {
        std::vector<Fq> scalars(count);
        for (Fq& scalar : scalars) scalar = Fq::random(random);
        scalars[0] = -Fq::one();
        if (count > 1) scalars[1] = Fq::zero();
        const auto multiples = multiples_vartime(G1Affine::generator(), scalars, executor);
        for (std::size_t i = 0; i < count; ++i) {
            ASSERT_EQ(multiples[i], (crypto::G1Projective::generator() * scalars[i]).to_affine()) << i;
        }
    }
}

}  // namespace
}  // namespace dusk::plonk
