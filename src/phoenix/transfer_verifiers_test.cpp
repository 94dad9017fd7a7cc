#include "phoenix/transfer_verifiers.hpp"

#include <gtest/gtest.h>

#include "base/hex.hpp"
#include "crypto/sha2.hpp"
#include "phoenix/devnet_verifier_data.hpp"
#include "phoenix/released_verifier_data.hpp"

namespace dusk::phoenix {
namespace {

using crypto::Fq;

// SHA-256 of the files that the released node ships.
constexpr std::array<std::string_view, TransferRequest::kMaxInputs> kReleased{
    "8282c5ad639085fb8e54b97edc5296167659b6c5406b47b5b2cf408475f4314c",
    "fe520e9784786571f2349b504a6052eb3e707051a72ef4a02026753f2c6e3645",
    "5eb867351a446fe6ad4caeaacf60237d3e61529d9b492b22a1f3c7696565126a",
    "e3d995e1441bfee2564ca305b73dcf1733dde217536bec308c1fcf3e8ae9b9dd",
};

TEST(ReleasedVerifierData, AreTheOfficialOnes) {
    for (std::size_t i = 0; i < kReleased.size(); ++i) {
        const Bytes& data = released_verifier_data()[i];
        EXPECT_EQ(data.size(), 1500 + 8 * i);
        EXPECT_EQ(to_hex(crypto::sha256(data)), kReleased[i]);
        EXPECT_NE(data, devnet_verifier_data()[i]);
    }
}

TEST(TransferVerifiers, BelongToNetworks) {
    const auto rusk = TransferVerifiers::of_network("rusk").value();
    const auto devnet = TransferVerifiers::of_network("devnet").value();
    EXPECT_EQ(rusk.rules(), ProofRules::released);
    EXPECT_EQ(devnet.rules(), ProofRules::sound);
    for (std::size_t i = 0; i < TransferRequest::kMaxInputs; ++i) {
        EXPECT_EQ(rusk.verifier(i + 1)->data().to_bytes(), released_verifier_data()[i]);
        EXPECT_EQ(devnet.verifier(i + 1)->data().to_bytes(), devnet_verifier_data()[i]);
        EXPECT_EQ(rusk.inputs_of(released_verifier_data()[i]), i + 1);
        EXPECT_EQ(devnet.inputs_of(devnet_verifier_data()[i]), i + 1);
        EXPECT_EQ(devnet.inputs_of(released_verifier_data()[i]).error(), TransferVerifyError::unknown_verifier_data);
        EXPECT_EQ(rusk.inputs_of(devnet_verifier_data()[i]).error(), TransferVerifyError::unknown_verifier_data);
    }
    for (const std::size_t inputs : {std::size_t{0}, std::size_t{5}, ~std::size_t{0}}) {
        EXPECT_EQ(rusk.verifier(inputs), nullptr);
        EXPECT_EQ(devnet.verifier(inputs), nullptr);
    }
    EXPECT_EQ(TransferVerifiers::of_network("rusk ").error(), VerifierDataError::unknown_network);
    EXPECT_EQ(TransferVerifiers::of_network("").error(), VerifierDataError::unknown_network);
}

// The data of devnet under the opening key of other parameters.
TransferVerifiers::Encodings own_verifier_data() {
    const auto opening_key = plonk::VerifierData::from_bytes(released_verifier_data()[0]).value().opening_key;
    TransferVerifiers::Encodings out;
    for (std::size_t i = 0; i < out.size(); ++i) {
        auto data = plonk::VerifierData::from_bytes(devnet_verifier_data()[i]).value();
        data.opening_key = opening_key;
        out[i] = data.to_bytes();
    }
    return out;
}

TEST(TransferVerifiers, OfOwnNetworksRestOnOwnParameters) {
    EXPECT_EQ(TransferVerifiers::sound(devnet_verifier_data()).error(), VerifierDataError::development);
    for (std::size_t i = 0; i < TransferRequest::kMaxInputs; ++i) {
        auto data = own_verifier_data();
        data[i] = devnet_verifier_data()[i];
        EXPECT_EQ(TransferVerifiers::sound(data).error(), VerifierDataError::development) << i;
        // By the secret, not by the bytes: g and h may be others.
        auto other = plonk::VerifierData::from_bytes(data[i]).value();
        const Fq factor = Fq::from_u64(5);
        plonk::OpeningKey& key = other.opening_key;
        key.g = (crypto::G1Projective(key.g) * factor).to_affine();
        key.h = (crypto::G2Projective(key.h) * factor).to_affine();
        key.x_h = (crypto::G2Projective(key.x_h) * factor).to_affine();
        data[i] = other.to_bytes();
        EXPECT_EQ(TransferVerifiers::sound(data).error(), VerifierDataError::development) << i;
    }
}

TEST(TransferVerifiers, OfOwnNetworksAreSound) {
    EXPECT_EQ(TransferVerifiers::sound(own_verifier_data()).value().rules(), ProofRules::sound);
    for (std::size_t i = 0; i < TransferRequest::kMaxInputs; ++i) {
        auto data = own_verifier_data();
        data[i] = released_verifier_data()[i];
        EXPECT_EQ(TransferVerifiers::sound(data).error(), VerifierDataError::released) << i;
        // Another encoding of the same keys does not slip through: the strict reading knows one only.
        data[i].push_back(0);
        EXPECT_EQ(TransferVerifiers::sound(data).error(), VerifierDataError::malformed) << i;
    }
    // Nor do the same commitments under another label: the circuit has other rows.
    auto data = own_verifier_data();
    auto relabelled = plonk::VerifierData::from_bytes(released_verifier_data()[0]).value();
    relabelled.label[0] ^= 1;
    data[0] = relabelled.to_bytes();
    EXPECT_EQ(TransferVerifiers::sound(data).error(), VerifierDataError::other_circuit);
    relabelled = plonk::VerifierData::from_bytes(released_verifier_data()[0]).value();
    relabelled.public_rows[0] += 3;
    std::ranges::sort(relabelled.public_rows);
    relabelled.public_rows[1] -= 2;
    std::ranges::sort(relabelled.public_rows);
    data[0] = relabelled.to_bytes();
    EXPECT_EQ(TransferVerifiers::sound(data).error(), VerifierDataError::other_circuit);

    data = own_verifier_data();
    std::swap(data[0], data[1]);
    EXPECT_EQ(TransferVerifiers::sound(data).error(), VerifierDataError::other_circuit);
}

TEST(TransferVerifiers, SayWhatIsWrong) {
    const auto rusk = TransferVerifiers::of_network("rusk").value();
    const auto devnet = TransferVerifiers::of_network("devnet").value();
    // Points at infinity, evaluations of zero: decodes, and proves nothing.
    Bytes proof(plonk::Proof::kSize);
    for (std::size_t i = 0; i < plonk::Proof::kPoints; ++i) proof[i * crypto::G1Affine::kCompressedSize] = 0xc0;
    const std::vector<Fq> public_inputs(29);
    EXPECT_EQ(devnet.verify(1, proof, public_inputs).error(), TransferVerifyError::not_accepted);
    EXPECT_EQ(devnet.verify(2, proof, public_inputs).error(), TransferVerifyError::wrong_public_inputs);
    EXPECT_EQ(devnet.verify(0, proof, public_inputs).error(), TransferVerifyError::no_circuit);
    EXPECT_EQ(devnet.verify(5, proof, public_inputs).error(), TransferVerifyError::no_circuit);
    EXPECT_EQ(devnet.verify(devnet_verifier_data()[0], proof, public_inputs).error(),
              TransferVerifyError::not_accepted);
    EXPECT_EQ(devnet.verify(released_verifier_data()[0], proof, public_inputs).error(),
              TransferVerifyError::unknown_verifier_data);
    EXPECT_EQ(devnet.verify(1, ByteView(proof).first(1007), public_inputs).error(),
              TransferVerifyError::malformed_proof);
    proof.push_back(0);
    EXPECT_EQ(devnet.verify(1, proof, public_inputs).error(), TransferVerifyError::malformed_proof);
    EXPECT_EQ(rusk.verify(1, proof, public_inputs).error(), TransferVerifyError::not_accepted);
}

}  // namespace
}  // namespace dusk::phoenix
