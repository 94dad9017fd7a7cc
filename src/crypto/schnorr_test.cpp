#include "crypto/schnorr.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "crypto/chacha_rng.hpp"
#include "crypto/jubjub_exact.hpp"
#include "crypto/jubjub_multiply.hpp"
#include "crypto/schnorr_multisig.hpp"
#include "crypto/schnorr_raw.hpp"

namespace dusk::crypto::schnorr {
namespace {

// (0, -1), of order 2
const JubJubAffine kOrder2 = JubJubAffine::from_coordinates_unchecked(Fq::zero(), -Fq::one());

CheckedPoint with_torsion(const CheckedPoint& p) { return CheckedPoint::of(p.extended() + kOrder2); }

RC_GTEST_PROP(Schnorr, SignaturesVerifyForTheirMessageOnly, (std::uint64_t seed)) {
    ChaChaRng random(seed);
    const SecretKey secret = SecretKey::random(random);
    const Fq message = Fq::random(random);
    const Signature signature = secret.sign(random, message);
    const PublicKey key(secret);
    RC_ASSERT(key.verify(signature, message).has_value());
    RC_ASSERT(key.verify(signature, message + Fq::one()).error() == VerifyError::invalid_signature);
    RC_ASSERT(key.verify(Signature(signature.u() + Fr::one(), signature.r()), message).error() ==
              VerifyError::invalid_signature);
    RC_ASSERT(*Signature::from_bytes(signature.to_bytes()) == signature);
    RC_ASSERT(*Signature::from_archive(signature.to_archive()) == signature);
    RC_ASSERT(*PublicKey::from_bytes(key.to_bytes()) == key);
    RC_ASSERT(*SecretKey::from_bytes(secret.to_bytes().reveal()) == secret);
    RC_ASSERT(PublicKey(SecretKey::random(random)).verify(signature, message).error() ==
              VerifyError::invalid_signature);
}

RC_GTEST_PROP(Schnorr, DoubleSignaturesBindBothKeys, (std::uint64_t seed)) {
    ChaChaRng random(seed);
    const SecretKey secret = SecretKey::random(random);
    const PublicKeyDouble other(SecretKey::random(random));
    const Fq message = Fq::random(random);
    const SignatureDouble s = secret.sign_double(random, message);
    const PublicKeyDouble key(secret);
    RC_ASSERT(key.verify(s, message).has_value());
    RC_ASSERT(key.verify(s, -message).error() == VerifyError::invalid_signature);
    RC_ASSERT(PublicKeyDouble(key.pk(), other.pk_prime()).verify(s, message).error() == VerifyError::invalid_signature);
    RC_ASSERT(PublicKeyDouble(other.pk(), key.pk_prime()).verify(s, message).error() == VerifyError::invalid_signature);
    RC_ASSERT(key.verify(SignatureDouble(s.u(), s.r(), s.r()), message).error() == VerifyError::invalid_signature);
    RC_ASSERT(*SignatureDouble::from_bytes(s.to_bytes()) == s);
    RC_ASSERT(*SignatureDouble::from_archive(s.to_archive()) == s);
    RC_ASSERT(*PublicKeyDouble::from_bytes(key.to_bytes()) == key);
    RC_ASSERT(*PublicKeyDouble::from_archive(key.to_archive()) == key);
}

RC_GTEST_PROP(Schnorr, KeysWithOwnGenerator, (std::uint64_t seed)) {
    ChaChaRng random(seed);
    const SecretKeyVarGen secret = SecretKeyVarGen::random(random);
    const Fq message = Fq::random(random);
    const Signature signature = secret.sign(random, message);
    const PublicKeyVarGen key(secret);
    RC_ASSERT(key.verify(signature, message).has_value());
    RC_ASSERT(key.verify(signature, message + Fq::one()).error() == VerifyError::invalid_signature);
    RC_ASSERT(
        PublicKeyVarGen(key.pk(), CheckedPoint::torsion_free(kJubJubGenerator)).verify(signature, message).error() ==
        VerifyError::invalid_signature);
    RC_ASSERT(*PublicKeyVarGen::from_bytes(key.to_bytes()) == key);
    const auto back = SecretKeyVarGen::from_bytes(secret.to_bytes().reveal());
    RC_ASSERT(back->secret() == secret.secret());
    RC_ASSERT(back->generator() == secret.generator());
}

TEST(Schnorr, InvalidPointsComeBeforeTheEquation) {
    ChaChaRng random(1);
    const SecretKey secret = SecretKey::random(random);
    const Fq message = Fq::random(random);
    const PublicKey key(secret);
    const PublicKeyDouble key_double(secret);
    const Signature s = secret.sign(random, message);
    const SignatureDouble d = secret.sign_double(random, message);
    const CheckedPoint identity;
    const auto invalid_point = fail(VerifyError::invalid_point);
    EXPECT_EQ(PublicKey(identity).verify(s, message), invalid_point);
    EXPECT_EQ(PublicKey(with_torsion(key.point())).verify(s, message), invalid_point);
    EXPECT_EQ(key.verify(Signature(s.u(), identity), message), invalid_point);
    EXPECT_EQ(key.verify(Signature(s.u(), with_torsion(s.r())), message), invalid_point);
    EXPECT_EQ(key_double.verify(SignatureDouble(d.u(), d.r(), identity), message), invalid_point);
    EXPECT_EQ(key_double.verify(SignatureDouble(d.u(), with_torsion(d.r()), d.r_prime()), message), invalid_point);
    EXPECT_EQ(PublicKeyDouble(key.point(), identity).verify(d, message), invalid_point);
    EXPECT_EQ(PublicKeyVarGen(key.point(), identity).verify(s, message), invalid_point);
}

TEST(Schnorr, DecodersFollowTheirRule) {
    const CheckedPoint g = CheckedPoint::torsion_free(kJubJubGenerator);
    const CheckedPoint t = with_torsion(g);
    EXPECT_TRUE(PublicKey::from_bytes(t.to_bytes()).has_value());
    EXPECT_FALSE(PublicKey::from_bytes(t.to_bytes())->is_valid());
    EXPECT_TRUE(PublicKey::from_archive(t.to_archive()).has_value());
    EXPECT_EQ(Signature::from_bytes(Signature(Fr::one(), t).to_bytes()).error(), DecodeError::not_in_subgroup);
    EXPECT_EQ(PublicKeyDouble::from_bytes(PublicKeyDouble(g, t).to_bytes()).error(), DecodeError::not_in_subgroup);
    EXPECT_EQ(PublicKeyVarGen::from_bytes(PublicKeyVarGen(t, g).to_bytes()).error(), DecodeError::not_in_subgroup);
    EXPECT_FALSE(Signature::from_bytes(Signature(Fr::one(), CheckedPoint()).to_bytes())->is_valid());

    ByteArray<64> bytes = Signature(Fr::zero(), g).to_bytes();
    EXPECT_EQ(Signature::from_bytes(bytes)->u(), Fr::zero());
    for (std::size_t i = 0; i < 4; ++i) store_le(bytes.data() + 8 * i, Fr::kModulus[i]);
    EXPECT_EQ(Signature::from_bytes(bytes).error(), DecodeError::not_canonical);
    EXPECT_EQ(SecretKey::from_bytes(ByteView(bytes).first(32)).error(), DecodeError::not_canonical);
    EXPECT_EQ(SecretKey::from_archive(ByteView(bytes).first(32)).error(), DecodeError::not_canonical);
    EXPECT_EQ(Signature::from_bytes(ByteView(bytes).first(63)).error(), DecodeError::bad_length);
    EXPECT_EQ(SignatureDouble::from_bytes(bytes).error(), DecodeError::bad_length);
    EXPECT_TRUE(SecretKey::from_bytes(ByteArray<32>{}).has_value());
}

TEST(SchnorrMultisig, RejectsRepeatedNonces) {
    using multisig::Error;
    ChaChaRng random(3);
    const SecretKey secret = SecretKey::random(random);
    const std::vector keys{PublicKey(secret), PublicKey(SecretKey::random(random))};
    const auto nonces = multisig::sign_round_1(random);
    const auto others = multisig::sign_round_1(random);
    const std::vector r{nonces.r_point, others.r_point};
    const std::vector s{nonces.s_point, others.s_point};
    const std::vector r_twice{nonces.r_point, nonces.r_point};
    const std::vector s_twice{others.s_point, others.s_point};
    EXPECT_TRUE(multisig::sign_round_2(secret, nonces, {keys, r, s, Fq::one()}).has_value());
    EXPECT_EQ(multisig::sign_round_2(secret, nonces, {keys, r_twice, s, Fq::one()}).error(), Error::duplicated_nonce);
    EXPECT_EQ(multisig::sign_round_2(secret, nonces, {keys, r, s_twice, Fq::one()}).error(), Error::duplicated_nonce);
    EXPECT_EQ(multisig::sign_round_2(secret, nonces, {keys, std::span(r).first(1), s, Fq::one()}).error(),
              Error::mismatched_lengths);
    EXPECT_EQ(multisig::combine({}, {keys, std::span(r).first(1), s, Fq::one()}).error(), Error::mismatched_lengths);
}

// Adds the modulus to the limbs of a number of an archive: another form of the same value.
void make_unreduced(std::span<std::uint8_t> limbs, const Limbs4& modulus) {
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        const auto word = load_le<std::uint64_t>(limbs.data() + 8 * i);
        store_le(limbs.data() + 8 * i, detail::add_carry(word, modulus[i], carry));
    }
}

RC_GTEST_PROP(SchnorrRaw, SlowPathAgreesWithTheFastOne, (std::uint64_t seed)) {
    ChaChaRng random(seed);
    const SecretKey secret = SecretKey::random(random);
    const Fq message = Fq::random(random);
    const Signature good = secret.sign(random, message);
    const Signature bad(good.u() + Fr::one(), good.r());
    const auto key =
        PublicKey(CheckedPoint::torsion_free(multiply_exact(kJubJubGenerator, secret.reveal()))).to_archive();
    ByteArray<32> limbs;
    for (std::size_t i = 0; i < 4; ++i) store_le(limbs.data() + 8 * i, message.montgomery()[i]);
    ByteArray<32> unreduced_limbs = limbs;
    make_unreduced(unreduced_limbs, Fq::kModulus);
    auto unreduced_key = key;
    // t1 or t2: with other coordinates, or the message, a sum can leave the word, and then the outcome
    // is another.
    make_unreduced(std::span(unreduced_key).subspan(32 * (3 + seed % 2), 32), Fq::kModulus);

    RC_ASSERT(verify_raw(key, good.to_archive(), limbs).has_value());
    RC_ASSERT(verify_raw(key, bad.to_archive(), limbs).error() == RawVerifyError::invalid_signature);
    RC_ASSERT(verify_raw(key, bad.to_archive(), unreduced_limbs).error() == RawVerifyError::invalid_signature);
    RC_ASSERT(verify_raw(unreduced_key, good.to_archive(), limbs).has_value());
    RC_ASSERT(verify_raw(unreduced_key, bad.to_archive(), limbs).error() == RawVerifyError::invalid_signature);
}

TEST(SchnorrRaw, JudgesTheKeyFirst) {
    ChaChaRng random(5);
    const SecretKey secret = SecretKey::random(random);
    const Fq message = Fq::random(random);
    const auto key = PublicKey(secret).to_archive();
    const auto signature = secret.sign(random, message).to_archive();
    const ByteArray<32> limbs{};
    const ByteArray<160> zero_key{};
    ByteArray<192> zero_signature{};
    const auto torsion = with_torsion(CheckedPoint::torsion_free(kJubJubGenerator)).to_archive();
    using enum RawVerifyError;
    EXPECT_EQ(verify_raw(zero_key, signature, limbs).error(), aborted);
    EXPECT_EQ(verify_raw(key, zero_signature, limbs).error(), aborted);
    EXPECT_EQ(verify_raw(torsion, zero_signature, limbs).error(), invalid_point);
    EXPECT_EQ(verify_raw(key, signature, limbs).error(), invalid_signature);
    EXPECT_EQ(verify_raw(ByteView(key).first(159), signature, limbs).error(), bad_length);
}

}  // namespace
}  // namespace dusk::crypto::schnorr
