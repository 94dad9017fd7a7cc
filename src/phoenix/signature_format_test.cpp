#include "phoenix/signature_format.hpp"

#include <gtest/gtest.h>

#include "crypto/chacha_rng.hpp"
#include "crypto/jubjub_multiply.hpp"
#include "crypto/schnorr_bound.hpp"

namespace dusk::phoenix {
namespace {

using crypto::ChaChaRng;
using crypto::Fq;
using crypto::Fr;
namespace schnorr = crypto::schnorr;

// Two notes of one owner, each spent with a signature of the one or the other format.
TransferRequest spend(bool first_is_bound, bool second_is_bound) {
    ChaChaRng random(1);
    const SecretKey owner = SecretKey::random(random);
    const PublicKey key = owner.public_key();
    TransferRequest request = TransferRequest::blank(2);
    request.payload_hash = Fq::random(random);
    for (std::size_t i = 0; i < 2; ++i) {
        InputNote& input = request.inputs[i];
        input.note = Note::transparent(random, key, key, 7, std::array{Fr::random(random), Fr::random(random)});
        const auto note_key = owner.note_secret_key(input.note.stealth_address());
        input.note_pk_prime = crypto::multiply_generator_nums(note_key.reveal()).to_affine();
        const schnorr::SecretKey signer(note_key.reveal());
        input.signature = (i == 0 ? first_is_bound : second_is_bound)
                              ? schnorr::bound::sign_double(signer, random, request.payload_hash)
                              : signer.sign_double(random, request.payload_hash);
    }
    return request;
}

TEST(SignatureFormat, IsToldByEveryNote) {
    EXPECT_EQ(signature_format(spend(true, true)), SignatureFormat::bound);
    EXPECT_EQ(signature_format(spend(false, false)), SignatureFormat::released);
    EXPECT_EQ(signature_format(spend(true, false)), SignatureFormat::other);
    EXPECT_EQ(signature_format(spend(false, true)), SignatureFormat::other);
}

TEST(SignatureFormat, SignaturesOfSomethingElseAreOfNeither) {
    for (const bool is_bound : {true, false}) {
        TransferRequest request = spend(is_bound, is_bound);
        request.payload_hash += Fq::one();
        EXPECT_EQ(signature_format(request), SignatureFormat::other);
        request = spend(is_bound, is_bound);
        std::swap(request.inputs[0].note_pk_prime, request.inputs[1].note_pk_prime);
        EXPECT_EQ(signature_format(request), SignatureFormat::other);
    }
    EXPECT_EQ(signature_format(TransferRequest::blank(1)), SignatureFormat::other);
}

TEST(SignatureFormat, SurvivesTheBytesOfARequest) {
    const SecretBytes bytes = spend(false, false).to_bytes();
    EXPECT_EQ(signature_format(TransferRequest::from_bytes(bytes.reveal()).value()), SignatureFormat::released);
}

}  // namespace
}  // namespace dusk::phoenix
