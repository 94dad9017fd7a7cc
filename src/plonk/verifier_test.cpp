#include "plonk/verifier.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "plonk/batch_verifier.hpp"
#include "plonk/sample_proof.hpp"

namespace dusk::plonk {
namespace {

TEST(Verifier, RefusesChangedStatementsAndProofs) {
    SampleProof sample;
    const Verifier verifier(sample.data);
    const Proof proof = sample.prove();
    ASSERT_TRUE(verifier.verify(proof, sample.public_inputs));
    for (std::size_t i = 0; i < sample.public_inputs.size(); ++i) {
        auto inputs = sample.public_inputs;
        inputs[i] += Fq::one();
        EXPECT_EQ(verifier.verify(proof, inputs), fail(ProofError::not_accepted));
    }
    EXPECT_EQ(verifier.verify(proof, {}), fail(ProofError::wrong_public_inputs));
    for (const Version version : {Version::v1, Version::v2}) {
        EXPECT_EQ(verifier.verify(proof, sample.public_inputs, version), fail(ProofError::not_accepted));
    }
    const Bytes bytes = to_vector(proof.to_bytes());
    for (std::size_t scalar = 0; scalar < Proof::kScalars; ++scalar) {
        Bytes changed = bytes;
        changed[528 + 32 * scalar] ^= 1;
        const auto other = Proof::from_slice(changed);
        if (other) EXPECT_EQ(verifier.verify(*other, sample.public_inputs), fail(ProofError::not_accepted)) << scalar;
    }
    for (std::size_t point = 0; point < Proof::kPoints; ++point) {
        Bytes changed = bytes;
        std::ranges::copy(G1Affine::identity().to_compressed(),
                          changed.begin() + static_cast<std::ptrdiff_t>(48 * point));
        EXPECT_EQ(verifier.verify(*Proof::from_slice(changed), sample.public_inputs), fail(ProofError::not_accepted));
    }
}

TEST(Verifier, TheHostQueryAnswersYesOrNo) {
    SampleProof sample;
    const Bytes data = sample.data.to_bytes();
    const auto proof = sample.prove().to_bytes();
    EXPECT_TRUE(verify_as_network(Version::v3, data, proof, sample.public_inputs));
    EXPECT_FALSE(verify_as_network(Version::v1, data, proof, sample.public_inputs));
    EXPECT_FALSE(verify_as_network(Version::v3, data, proof, {}));
    EXPECT_FALSE(verify_as_network(Version::v3, {}, proof, sample.public_inputs));
    EXPECT_FALSE(verify_as_network(Version::v3, data, {}, sample.public_inputs));
}

TEST(Verifier, KnowsDomainsThatNoTableCouldHold) {
    SampleProof sample;
    const Proof proof = sample.prove();
    for (const std::uint64_t rows : {std::uint64_t{0}, std::uint64_t{1} << 29, std::uint64_t{1} << 31}) {
        sample.data.key.rows = rows;
        EXPECT_EQ(Verifier(sample.data).verify(proof, sample.public_inputs), fail(ProofError::not_accepted)) << rows;
    }
    for (const std::uint64_t rows : {(std::uint64_t{1} << 31) + 1, ~std::uint64_t{0}}) {
        sample.data.key.rows = rows;
        EXPECT_EQ(Verifier(sample.data).verify(proof, sample.public_inputs), fail(ProofError::bad_domain)) << rows;
        EXPECT_FALSE(verify_as_network(Version::v3, sample.data.to_bytes(), proof.to_bytes(), sample.public_inputs));
    }
}

TEST(VerifierEquation, HasNoValueAtSomeChallenges) {
    const EquationDomain domain(4);
    const Evaluations evaluations{};
    Challenges challenges{};
    const std::array points{domain.omega};
    const std::array inputs{Fq::one()};
    const auto at = [&](const Fq& z, std::span<const Fq> values, Rules rules) {
        challenges.z = z;
        const auto out = at_challenge(domain, points, values, evaluations, challenges, rules);
        return out ? Result<Fq, ProofError>(out->public_) : fail(out.error());
    };
    for (const Rules rules : {Rules::released, Rules::sound}) {
        EXPECT_EQ(at(Fq::one(), inputs, rules), fail(ProofError::degenerate_challenge));
        EXPECT_TRUE(at(domain.omega.square(), inputs, rules));
        EXPECT_TRUE(at(domain.omega, std::array{Fq::zero()}, rules));
    }
    EXPECT_EQ(at(domain.omega, inputs, Rules::sound), fail(ProofError::degenerate_challenge));
    EXPECT_EQ(at(domain.omega, inputs, Rules::released), Fq::zero());
}

// The sparse sum against the interpolated polynomial.
TEST(VerifierEquation, EvaluatesManyPublicInputs) {
    crypto::ChaChaRng random(1);
    SerialExecutor executor;
    const crypto::FftDomain fft(8);
    const EquationDomain domain(8);
    Polynomial column(fft.size());
    std::vector<Fq> points;
    std::vector<Fq> inputs;
    for (std::uint64_t row = 0; row < fft.size(); row += 2) {
        column[row] = Fq::random(random);
        points.push_back(domain.omega.pow_vartime({&row, 1}));
        inputs.push_back(column[row]);
    }
    fft.inverse(column, executor);
    Challenges challenges{};
    challenges.z = Fq::random(random);
    EXPECT_EQ(at_challenge(domain, points, inputs, {}, challenges, Rules::sound)->public_,
              evaluate(column, challenges.z));
}

class BatchTest : public testing::Test {
  protected:
    Claim claim(const SampleProof& sample, const Verifier& verifier, const Proof& proof) {
        return {.verifier = &verifier, .proof = &proof, .public_inputs = sample.public_inputs};
    }
    SerialExecutor executor;
    crypto::ChaChaRng random{11};
};

TEST_F(BatchTest, NamesExactlyTheBadOnes) {
    SampleProof first(16);
    SampleProof second(24, "second");
    SampleProof third(16, "third", 99);  // other parameters
    const Verifier verifiers[]{Verifier(first.data), Verifier(second.data), Verifier(third.data)};
    const Proof proofs[]{first.prove(), second.prove(), third.prove()};
    SampleProof* samples[]{&first, &second, &third};
    Proof bad = proofs[0];
    bad.evaluations.a += Fq::one();
    rc::check("bad claims are named", [&] {
        std::vector<Claim> claims;
        std::vector<std::size_t> expected;
        const auto count = *rc::gen::inRange<std::size_t>(0, 12);
        for (std::size_t i = 0; i < count; ++i) {
            const auto kind = *rc::gen::inRange<std::size_t>(0, 6);
            if (kind < 3) {
                claims.push_back(claim(*samples[kind], verifiers[kind], proofs[kind]));
                continue;
            }
            expected.push_back(i);
            if (kind == 3) claims.push_back(claim(first, verifiers[0], bad));
            if (kind == 4) claims.push_back(claim(second, verifiers[1], proofs[0]));
            if (kind == 5) claims.push_back({.verifier = verifiers, .proof = proofs, .public_inputs = {}});
        }
        RC_ASSERT(find_bad_claims(claims, random, executor) == expected);
    });
}

// Errors that cancel in a plain sum.
TEST_F(BatchTest, WeightsKeepErrorsFromCancelling) {
    SampleProof sample;
    const Verifier verifier(sample.data);
    Proof plus = sample.prove();
    Proof minus = plus;
    // u differs between the two, so move the right side only: W_z stays, F changes by a multiple of d.
    const auto shifted = [](const G1Affine& point, const G1Affine& by) {
        return (crypto::G1Projective(point) + by).to_affine();
    };
    plus.opening = shifted(plus.opening, G1Affine::generator());
    minus.opening = shifted(minus.opening, -G1Affine::generator());
    const std::vector<Claim> claims{claim(sample, verifier, plus), claim(sample, verifier, minus)};
    EXPECT_EQ(find_bad_claims(claims, random, executor), (std::vector<std::size_t>{0, 1}));
}

}  // namespace
}  // namespace dusk::plonk
