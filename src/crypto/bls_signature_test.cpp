#include "crypto/bls_signature.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "crypto/bls_batch.hpp"
#include "crypto/bls_key_cache.hpp"
#include "crypto/chacha_rng.hpp"

namespace dusk::crypto {
namespace {

struct Signer {
    BlsSecretKey secret;
    BlsPublicKey key;
    explicit Signer(RandomSource& random) : secret(BlsSecretKey::random(random)), key(secret.public_key()) {}
};

std::vector<Signer> signers(std::size_t count, std::uint64_t seed) {
    ChaChaRng random(seed);
    std::vector<Signer> out;
    out.reserve(count);
    for (std::size_t i = 0; i < count; ++i) out.emplace_back(random);
    return out;
}

std::vector<BlsPublicKey> keys_of(std::span<const Signer> signers) {
    std::vector<BlsPublicKey> out;
    for (const Signer& signer : signers) out.push_back(signer.key);
    return out;
}

TEST(BlsSignature, SignsAndVerifiesInBothVersions) {
    const auto all = signers(2, 1);
    const auto message = as_bytes("message");
    for (const BlsVersion version : {BlsVersion::v1, BlsVersion::v2}) {
        const BlsVersion other = version == BlsVersion::v1 ? BlsVersion::v2 : BlsVersion::v1;
        const BlsSignature signature = all[0].secret.sign(message, version);
        EXPECT_TRUE(all[0].key.verify(signature, message, version));
        EXPECT_EQ(all[0].key.verify(signature, message, other).error(), BlsError::invalid_signature);
        EXPECT_EQ(all[0].key.verify(signature, as_bytes("massage"), version).error(), BlsError::invalid_signature);
        EXPECT_EQ(all[1].key.verify(signature, message, version).error(), BlsError::invalid_signature);
        const BlsSignature negated(-signature.point());
        EXPECT_EQ(all[0].key.verify(negated, message, version).error(), BlsError::invalid_signature);
    }
}

TEST(BlsSignature, TheIdentityIsNeverValid) {
    const Signer signer = std::move(signers(1, 2)[0]);
    const auto message = as_bytes("message");
    const BlsSignature signature = signer.secret.sign(message);
    EXPECT_EQ(signer.key.verify(BlsSignature(), message).error(), BlsError::invalid_point);
    EXPECT_EQ(BlsPublicKey().verify(signature, message).error(), BlsError::invalid_point);
    EXPECT_EQ(BlsPublicKey().verify(BlsSignature(), message).error(), BlsError::invalid_point);
    EXPECT_EQ(BlsMultisigPublicKey().verify(BlsMultisigSignature(), message).error(), BlsError::invalid_point);
    const BlsSecretKey zero = BlsSecretKey::from_bytes(ByteArray<32>{}).value();
    EXPECT_FALSE(zero.public_key().is_valid());
    EXPECT_FALSE(zero.sign(message).is_valid());
}

TEST(BlsSignature, FormsReadBack) {
    const auto all = signers(5, 3);
    for (const Signer& signer : all) {
        EXPECT_EQ(BlsPublicKey::from_bytes(signer.key.to_bytes()), signer.key);
        EXPECT_EQ(BlsPublicKey::from_base58(signer.key.to_base58()), signer.key);
        const BlsSignature signature = signer.secret.sign(as_bytes("x"));
        EXPECT_EQ(BlsSignature::from_bytes(signature.to_bytes()), signature);
        EXPECT_EQ(BlsSignature::from_base58(signature.to_base58()), signature);
        const auto secret = BlsSecretKey::from_bytes(signer.secret.to_bytes().reveal()).value();
        EXPECT_TRUE(secret.to_bytes() == signer.secret.to_bytes());
        EXPECT_EQ(secret.public_key(), signer.key);
    }
    EXPECT_EQ(BlsPublicKey::from_base58("0").error(), DecodeError::bad_text);
    EXPECT_EQ(BlsPublicKey::from_base58("11").error(), DecodeError::bad_length);
    EXPECT_EQ(BlsSignature::from_base58(std::string(500, 'z')).error(), DecodeError::bad_text);
    EXPECT_EQ(BlsSecretKey::from_bytes(Bytes(32, 0xff)).error(), DecodeError::not_canonical);
    EXPECT_EQ(BlsSecretKey::from_bytes(Bytes(31)).error(), DecodeError::bad_length);
}

TEST(BlsSignature, KeysAreOrderedByTheirBytes) {
    auto keys = keys_of(signers(20, 4));
    std::ranges::sort(keys);
    EXPECT_TRUE(std::ranges::is_sorted(keys, {}, [](const BlsPublicKey& key) { return key.to_bytes(); }));
}

class BlsAggregate : public testing::Test {
  public:
    static BlsMultisigSignature sign(std::span<const Signer> signers, ByteView message) {
        std::vector<BlsMultisigSignature> shares;
        for (const Signer& signer : signers) shares.push_back(signer.secret.sign_multisig(signer.key, message));
        return bls_aggregate(shares);
    }
};

TEST_F(BlsAggregate, VerifiesForExactlyTheKeysThatSigned) {
    const auto message = as_bytes("block");
    for (const std::size_t count : {1, 2, 5, 40}) {
        const auto all = signers(count, 10 + count);
        auto keys = keys_of(all);
        const BlsMultisigSignature signature = sign(all, message);
        const auto key = BlsMultisigPublicKey::aggregate(keys).value();
        EXPECT_TRUE(key.verify(signature, message));
        EXPECT_EQ(key.verify(signature, as_bytes("other")).error(), BlsError::invalid_signature);
        std::ranges::reverse(keys);
        EXPECT_EQ(BlsMultisigPublicKey::aggregate(keys), key);
        keys.push_back(keys.front());
        const auto twice = BlsMultisigPublicKey::aggregate(keys).value();
        EXPECT_EQ(twice.verify(signature, message).error(), BlsError::invalid_signature);
    }
}

TEST_F(BlsAggregate, SaysWhatIsWrong) {
    auto keys = keys_of(signers(3, 5));
    EXPECT_EQ(BlsMultisigPublicKey::aggregate({}).error(), BlsError::no_keys);
    keys.emplace_back();
    EXPECT_EQ(BlsMultisigPublicKey::aggregate(keys).error(), BlsError::invalid_point);
    BlsKeyCache cache(10);
    EXPECT_EQ(cache.aggregate({}).error(), BlsError::no_keys);
    EXPECT_EQ(cache.aggregate(keys).error(), BlsError::invalid_point);
    EXPECT_EQ(bls_aggregate({}), BlsMultisigSignature());
}

TEST_F(BlsAggregate, TheCacheIsBoundedAndChangesNothing) {
    const auto keys = keys_of(signers(12, 6));
    for (const std::size_t capacity : {0, 1, 3, 12, 100}) {
        BlsKeyCache cache(capacity);
        ChaChaRng random(capacity);
        for (int i = 0; i < 12; ++i) {
            std::vector<BlsPublicKey> some;
            while (some.empty() || random.next_u32() % 5 != 0) some.push_back(keys[random.next_u32() % keys.size()]);
            EXPECT_EQ(cache.aggregate(some), BlsMultisigPublicKey::aggregate(some));
            EXPECT_LE(cache.size(), capacity);
        }
        EXPECT_TRUE(cache.aggregate(keys).has_value());
        EXPECT_EQ(cache.size(), std::min(capacity, keys.size()));
    }
}

TEST_F(BlsAggregate, TheCacheKeepsVersionsApart) {
    const auto keys = keys_of(signers(3, 7));
    BlsKeyCache cache(10, BlsVersion::v1);
    EXPECT_EQ(cache.aggregate(keys), BlsMultisigPublicKey::aggregate(keys, BlsVersion::v1));
    EXPECT_NE(cache.aggregate(keys), BlsMultisigPublicKey::aggregate(keys));
}

// Few keys and few messages, so that groups form; some claims are false in one of several ways.
RC_GTEST_PROP(BlsBatch, HasTheVerdictsOfOneByOne, ()) {
    const auto all = signers(4, *rc::gen::arbitrary<std::uint64_t>());
    const std::vector<Bytes> messages{{}, {1}, {1, 2}, {3}, {4}, {5}};
    const std::size_t key_count = *rc::gen::inRange<std::size_t>(1, 5);
    const std::size_t message_count = *rc::gen::inRange<std::size_t>(1, 7);
    const auto version = *rc::gen::element(BlsVersion::v1, BlsVersion::v2);
    const bool with_false = *rc::gen::arbitrary<bool>();
    std::vector<BlsClaim> claims;
    const auto count = *rc::gen::inRange<std::size_t>(0, 9);
    for (std::size_t i = 0; i < count; ++i) {
        const Signer& signer = all[*rc::gen::inRange<std::size_t>(0, key_count)];
        const Bytes& message = messages[*rc::gen::inRange<std::size_t>(0, message_count)];
        BlsClaim claim{signer.key, signer.secret.sign(message, version), message};
        if (with_false) {
            switch (*rc::gen::inRange(0, 12)) {
                case 0:
                    claim.key = BlsPublicKey();
                    break;
                case 1:
                    claim.signature = BlsSignature();
                    break;
                case 2:
                    claim.signature = BlsSignature(-claim.signature.point());
                    break;
                case 3:
                    claim.message = as_bytes("nothing of the kind");
                    break;
                case 4:
                    claim.key = all[0].key;
                    break;
                default:
                    break;
            }
        }
        claims.push_back(claim);
    }
    ChaChaRng random(*rc::gen::arbitrary<std::uint64_t>());
    const auto verdicts = bls_verify_batch(claims, random, version);
    RC_ASSERT(verdicts.size() == claims.size());
    for (std::size_t i = 0; i < claims.size(); ++i) {
        RC_ASSERT(verdicts[i] == claims[i].key.verify(claims[i].signature, claims[i].message, version));
    }
}

// Two errors that cancel in an unweighted sum.
TEST(BlsBatch, ErrorsDoNotCancel) {
    const auto all = signers(6, 8);
    const auto message = as_bytes("message");
    std::vector<BlsClaim> claims;
    claims.reserve(all.size());
    for (const Signer& signer : all) claims.push_back({signer.key, signer.secret.sign(message), message});
    const G1Affine error = G1Affine::generator();
    claims[1].signature = BlsSignature((G1Projective(claims[1].signature.point()) + error).to_affine());
    claims[4].signature = BlsSignature((G1Projective(claims[4].signature.point()) - error).to_affine());
    ChaChaRng random(9);
    const auto verdicts = bls_verify_batch(claims, random);
    for (std::size_t i = 0; i < claims.size(); ++i) EXPECT_EQ(verdicts[i].has_value(), i != 1 && i != 4) << i;
}

}  // namespace
}  // namespace dusk::crypto
