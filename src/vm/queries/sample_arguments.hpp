// Arguments of host queries whose answers are known, made by our own signers and prover. For tests and fuzzing.
#pragma once

#include <algorithm>

#include "crypto/bls_signature.hpp"
#include "crypto/chacha_rng.hpp"
#include "crypto/schnorr.hpp"
#include "plonk/sample_proof.hpp"
#include "vm/queries/query_arguments.hpp"

namespace dusk::vm {

// The words of bytes that are words in archives; as many bytes as words.
template <class W>
[[nodiscard]] W words_of(ByteView bytes) {
    W words{};
    for (std::size_t i = 0; i < words.size(); ++i) words[i] = load_le<std::uint64_t>(bytes.data() + 8 * i);
    return words;
}

[[nodiscard]] inline Bytes sample_message(crypto::ChaChaRng& random, std::size_t size) {
    Bytes out(size);
    random.fill(out);
    return out;
}

[[nodiscard]] inline SchnorrStatement sample_schnorr(std::uint64_t seed) {
    crypto::ChaChaRng random(seed);
    const auto secret = crypto::schnorr::SecretKey::random(random);
    const auto message = crypto::Fq::random(random);
    return {.message = message.montgomery(),
            .key = words_of<Words<160>>(crypto::schnorr::PublicKey(secret).to_archive()),
            .signature = words_of<Words<192>>(secret.sign(random, message).to_archive())};
}

[[nodiscard]] inline BlsStatement sample_bls(std::uint64_t seed, crypto::BlsVersion version = crypto::BlsVersion::v2) {
    crypto::ChaChaRng random(seed);
    const auto secret = crypto::BlsSecretKey::random(random);
    Bytes message = sample_message(random, 40);
    return {.message = message,
            .key = words_of<BlsKeyWords>(secret.public_key().to_archive()),
            .signature = words_of<BlsSignatureWords>(secret.sign(message, version).to_archive())};
}

[[nodiscard]] inline BlsMultisigStatement sample_bls_multisig(std::uint64_t seed, std::size_t keys) {
    crypto::ChaChaRng random(seed);
    BlsMultisigStatement out{.message = sample_message(random, 40), .keys = {}, .signature = {}};
    std::vector<crypto::BlsMultisigSignature> shares;
    for (std::size_t i = 0; i < keys; ++i) {
        const auto secret = crypto::BlsSecretKey::random(random);
        out.keys.push_back(words_of<BlsKeyWords>(secret.public_key().to_archive()));
        shares.push_back(secret.sign_multisig(secret.public_key(), out.message));
    }
    out.signature = words_of<BlsSignatureWords>(crypto::bls_aggregate(shares).to_archive());
    return out;
}

// A constant polynomial: its commitment is a multiple of the generator, and the proof is the identity wherever it is
// opened.
[[nodiscard]] inline KzgStatement sample_kzg(std::uint64_t seed) {
    crypto::ChaChaRng random(seed);
    const auto value = crypto::Fq::random(random);
    const auto at = crypto::Fq::random(random);
    return {.commitment = (crypto::G1Projective::generator() * value).to_affine().to_compressed(),
            .z = at.to_be_bytes(),
            .y = value.to_be_bytes(),
            .proof = crypto::G1Affine::identity().to_compressed()};
}

[[nodiscard]] inline PlonkStatement sample_plonk(std::uint64_t seed = 7) {
    plonk::SampleProof sample(16, "host query", seed);
    PlonkStatement out{
        .verifier_data = sample.data.to_bytes(), .proof = to_vector(sample.prove().to_bytes()), .public_inputs = {}};
    for (const crypto::Fq& input : sample.public_inputs) out.public_inputs.push_back(input.montgomery());
    return out;
}

}  // namespace dusk::vm
