#include "crypto/schnorr_bound.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "crypto/chacha_rng.hpp"
#include "crypto/jubjub_multiply.hpp"

namespace dusk::crypto::schnorr::bound {
namespace {

JubJubExtended order_two() { return JubJubAffine::from_coordinates_unchecked(Fq::zero(), -Fq::one()); }

RC_GTEST_PROP(SchnorrBound, SingleSignaturesAreTheOrdinaryOnes, (std::uint64_t seed)) {
    ChaChaRng random(seed);
    const SecretKey key = SecretKey::random(random);
    const Fq message = Fq::random(random);
    const Signature signature = sign(key, random, message);
    RC_ASSERT(PublicKey(key).verify(signature, message).has_value());
    RC_ASSERT(PublicKey(key).verify(signature, message + Fq::one()).error() == VerifyError::invalid_signature);
}

RC_GTEST_PROP(SchnorrBound, DoubleSignaturesBindBothKeys, (std::uint64_t seed)) {
    ChaChaRng random(seed);
    const SecretKey key = SecretKey::random(random);
    const PublicKeyDouble pk(key);
    const PublicKeyDouble other(SecretKey::random(random));
    const Fq message = Fq::random(random);
    const SignatureDouble signature = sign_double(key, random, message);
    RC_ASSERT(verify_double(pk, signature, message).has_value());
    RC_ASSERT(verify_double(pk, signature, message + Fq::one()).error() == VerifyError::invalid_signature);
    RC_ASSERT(!verify_double({pk.pk(), other.pk_prime()}, signature, message));
    RC_ASSERT(!verify_double({other.pk(), pk.pk_prime()}, signature, message));
    RC_ASSERT(!verify_double(pk, {signature.u(), signature.r_prime(), signature.r()}, message));
    // Those of the older release are others, both ways.
    RC_ASSERT(!pk.verify(signature, message));
    RC_ASSERT(!verify_double(pk, key.sign_double(random, message), message));
}

RC_GTEST_PROP(SchnorrBound, VarGenSignaturesBindTheGenerator, (std::uint64_t seed)) {
    ChaChaRng random(seed);
    const auto key = SecretKeyVarGen::random(random);
    const PublicKeyVarGen pk(key);
    const Fq message = Fq::random(random);
    const Signature signature = sign_var_gen(key, random, message);
    RC_ASSERT(verify_var_gen(pk, signature, message).has_value());
    RC_ASSERT(verify_var_gen(pk, signature, message + Fq::one()).error() == VerifyError::invalid_signature);
    const auto generator = CheckedPoint::torsion_free(multiply_generator(Fr::random(random)));
    RC_ASSERT(!verify_var_gen({pk.pk(), generator}, signature, message));
    RC_ASSERT(!pk.verify(signature, message));
    RC_ASSERT(!verify_var_gen(pk, key.sign(random, message), message));
}

TEST(SchnorrBound, NoncesDependOnKeyAndMessageToo) {
    // The same randomness, twice.
    const auto r_of = [](std::uint64_t key, std::uint64_t message) {
        ChaChaRng random(1);
        return sign(SecretKey(Fr::from_u64(key)), random, Fq::from_u64(message)).r().affine();
    };
    EXPECT_EQ(r_of(1, 1), r_of(1, 1));
    EXPECT_FALSE(r_of(1, 1) == r_of(1, 2));
    EXPECT_FALSE(r_of(1, 1) == r_of(2, 1));
}

TEST(SchnorrBound, PointsHavePrimeOrder) {
    ChaChaRng random(2);
    const SecretKey key = SecretKey::random(random);
    const PublicKeyDouble pk(key);
    const Fq message = Fq::random(random);
    const SignatureDouble signature = sign_double(key, random, message);
    const CheckedPoint identity;
    const auto mixed = CheckedPoint::of(pk.pk_prime().extended() + order_two());
    EXPECT_EQ(verify_double({pk.pk(), mixed}, signature, message).error(), VerifyError::invalid_point);
    EXPECT_EQ(verify_double({identity, pk.pk_prime()}, signature, message).error(), VerifyError::invalid_point);
    EXPECT_EQ(verify_double(pk, {signature.u(), identity, signature.r_prime()}, message).error(),
              VerifyError::invalid_point);
    const auto own = SecretKeyVarGen::random(random);
    const PublicKeyVarGen own_pk(own);
    EXPECT_EQ(verify_var_gen({own_pk.pk(), identity}, sign_var_gen(own, random, message), message).error(),
              VerifyError::invalid_point);
}

}  // namespace
}  // namespace dusk::crypto::schnorr::bound
