#include "execution/blob_maker.hpp"

#include <fmt/core.h>
#include <gtest/gtest.h>

#include "base/hex.hpp"
#include "crypto/chacha_rng.hpp"
#include "execution/blob_polynomial.hpp"

namespace dusk::execution {
namespace {

using crypto::Fq;
using crypto::G1Affine;
using crypto::G1Projective;

std::unique_ptr<BlobPolynomial> random_polynomial(crypto::ChaChaRng& random) {
    auto out = std::make_unique<BlobPolynomial>();
    for (Fq& value : *out) value = Fq::random(random);
    return out;
}

ledger::BlobContent content_of(const BlobPolynomial& polynomial) {
    Bytes bytes;
    for (const Fq& value : polynomial) append(bytes, to_big_endian(value));
    return ledger::BlobContent::copy_of(bytes);
}

// A polynomial of this content is 1 there and 0 at the other roots.
BlobPolynomial unit(std::size_t index) {
    BlobPolynomial out{};
    out[index] = Fq::one();
    return out;
}

TEST(BlobPolynomial, HasTheElementsAsValues) {
    crypto::ChaChaRng random(1);
    const auto polynomial = random_polynomial(random);
    EXPECT_EQ(*blob_polynomial(content_of(*polynomial)), *polynomial);
    for (const std::size_t i : {0U, 1U, 7U, 4095U}) EXPECT_EQ(value_at(blob_roots()[i], *polynomial), (*polynomial)[i]);
    // Constants and x itself, which are known everywhere.
    const Fq z = Fq::random(random);
    BlobPolynomial constant;
    constant.fill(Fq::from_u64(5));
    EXPECT_EQ(value_at(z, constant), Fq::from_u64(5));
    EXPECT_EQ(value_at(z, blob_roots()), z);
}

TEST(BlobPolynomial, IsDividedAtAnyPoint) {
    crypto::ChaChaRng random(2);
    const auto f = random_polynomial(random);
    for (const Fq& z : {Fq::random(random), Fq::zero(), blob_roots()[0], blob_roots()[1234]}) {
        const auto q = quotient_at(z, *f);
        const Fq x = Fq::random(random);
        EXPECT_EQ(value_at(x, *f) - value_at(z, *f), value_at(x, *q) * (x - z));
    }
}

// A setup whose secret is known, so that what it commits to can be computed.
class BlobMaker : public testing::Test {
  protected:
    static constexpr std::uint64_t kSecret = 123'456'789;

    static const std::string& text() {
        static const std::string text = [] {
            const Fq secret = Fq::from_u64(kSecret);
            std::string out = "4096\n65\n";
            for (std::size_t i = 0; i < kBlobElements; ++i) {
                const Fq value = value_at(secret, unit(reversed_blob_index(i)));
                out += to_hex(of(value)) + "\n";
            }
            return out;
        }();
        return text;
    }
    static ByteArray<48> of(const Fq& scalar) {
        return (G1Projective(G1Affine::generator()) * scalar).to_affine().to_compressed();
    }

    SerialExecutor executor_;
};

TEST_F(BlobMaker, CommitsAndProves) {
    crypto::ChaChaRng random(3);
    const auto polynomial = random_polynomial(random);
    const ledger::BlobContent content = content_of(*polynomial);
    const auto setup = BlobSetup::read(text(), executor_);
    ASSERT_TRUE(setup) << to_string(setup.error());
    const auto blob = setup->make(content, executor_);
    ASSERT_TRUE(blob);
    const Fq secret = Fq::from_u64(kSecret);
    const Fq at_secret = value_at(secret, *polynomial);
    EXPECT_EQ(blob->sidecar->commitment, of(at_secret));
    const Fq z = blob_challenge(content, blob->sidecar->commitment);
    const Fq y = value_at(z, *polynomial);
    EXPECT_EQ(blob->sidecar->proof, of((at_secret - y) * (secret - z).invert_vartime().value()));
    EXPECT_EQ(blob->sidecar->content, content);
    EXPECT_EQ(blob->hash, ledger::versioned_hash(blob->sidecar->commitment));
    // Nobody takes blobs of another secret than that of the ceremony.
    EXPECT_EQ(check_blob(*blob).error(), BlobFault::proof);
}

TEST_F(BlobMaker, ElementsAreBelowTheOrder) {
    Bytes bytes(ledger::BlobContent::kSize);
    std::fill_n(bytes.begin() + 32, 32, std::uint8_t{0xff});
    const auto setup = BlobSetup::read(text(), executor_).value();
    EXPECT_EQ(setup.make(ledger::BlobContent::copy_of(bytes), executor_).error(), BlobFault::field);
}

TEST_F(BlobMaker, OtherTextsAreRefused) {
    const auto refusal = [&](const std::string& text) { return BlobSetup::read(text, executor_).error(); };
    EXPECT_EQ(refusal(""), BlobSetupError::malformed);
    EXPECT_EQ(refusal("4096\n64\n" + text().substr(8)), BlobSetupError::malformed);
    EXPECT_EQ(refusal(text().substr(0, text().size() - 2)), BlobSetupError::malformed);
    std::string changed = text();
    changed[100] = 'x';
    EXPECT_EQ(refusal(changed), BlobSetupError::malformed);
    changed = text();
    changed.replace(8, 96, std::string(96, '0'));  // not compressed
    EXPECT_EQ(refusal(changed), BlobSetupError::bad_point);
    // What follows the points is not looked at, and lines may end in any way.
    EXPECT_TRUE(BlobSetup::read(text() + "more", executor_));
}

}  // namespace
}  // namespace dusk::execution
