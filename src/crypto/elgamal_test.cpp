#include "crypto/elgamal.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "crypto/chacha_rng.hpp"
#include "crypto/jubjub_map.hpp"

namespace dusk::crypto::elgamal {
namespace {

RC_GTEST_PROP(ElGamal, DecryptsWhatWasEncrypted, (std::uint64_t seed)) {
    ChaChaRng random(seed);
    const Fr secret = Fr::random(random);
    const Fr r = Fr::random(random);
    const JubJubExtended key = multiply_generator(secret);
    const JubJubExtended plaintext = multiply_generator(Fr::random(random));
    const auto [encryption, shared] = encrypt(key, plaintext, r);
    RC_ASSERT(JubJubExtended(encryption.decrypt(secret)) == plaintext);
    RC_ASSERT(JubJubExtended(encryption.decrypt_with_shared(shared)) == plaintext);
    RC_ASSERT(*Encryption::from_bytes(encryption.to_bytes()) == encryption);
    RC_ASSERT(unmap_from_point(encrypt_u64(key, seed, r).encryption.decrypt(secret)) == seed);

    const JubJubExtended generator = multiply_generator(Fr::random(random));
    const auto own = encrypt(multiply(generator, secret), plaintext, r, generator);
    RC_ASSERT(JubJubExtended(own.encryption.decrypt(secret)) == plaintext);
    RC_ASSERT(!(own.encryption == encryption));
}

TEST(ElGamal, BothPointsHavePrimeOrder) {
    const JubJubAffine g = kJubJubGenerator;
    const JubJubAffine torsion = JubJubAffine::from_coordinates_unchecked(Fq::zero(), -Fq::one());
    const JubJubAffine identity;
    EXPECT_TRUE(Encryption::from_bytes(Encryption(g, g).to_bytes()).has_value());
    EXPECT_TRUE(Encryption::from_points(g, g).has_value());
    for (const auto& [c1, c2] : {std::pair(g, identity), std::pair(identity, g)}) {
        EXPECT_EQ(Encryption::from_bytes(Encryption(c1, c2).to_bytes()).error(), DecodeError::identity);
        EXPECT_EQ(Encryption::from_points(c1, c2).error(), DecodeError::identity);
    }
    for (const auto& [c1, c2] : {std::pair(g, torsion), std::pair(torsion, g)}) {
        EXPECT_EQ(Encryption::from_bytes(Encryption(c1, c2).to_bytes()).error(), DecodeError::not_in_subgroup);
        EXPECT_EQ(Encryption::from_points(c1, c2).error(), DecodeError::not_in_subgroup);
    }
    EXPECT_EQ(Encryption::from_bytes(ByteArray<63>{}).error(), DecodeError::bad_length);
}

}  // namespace
}  // namespace dusk::crypto::elgamal
