#include "crypto/consensus_keys.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/base64.hpp"
#include "crypto/aes_gcm.hpp"
#include "crypto/chacha_rng.hpp"
#include "crypto/pbkdf2.hpp"
#include "crypto/sha2.hpp"

namespace dusk::crypto {
namespace {

ConsensusKeys random_keys(RandomSource& random) {
    auto secret = BlsSecretKey::random(random);
    const BlsPublicKey public_key = secret.public_key();
    return {.secret_key = std::move(secret), .public_key = public_key};
}

// A file of the current format around any inner text, as another program may write it.
std::string file_with(std::string_view inner, std::string_view password) {
    const ByteArray<32> salt{1};
    const ByteArray<12> nonce{2};
    const Bytes sealed = aes256_gcm_seal(pbkdf2_sha256(as_bytes(password), salt, 10'000), nonce, as_bytes(inner));
    std::string list;
    for (const std::uint8_t byte : sealed) list += (list.empty() ? "" : ", ") + std::to_string(byte);
    return R"({ "unknown": {"a": [1]}, "key_pair": [)" + list + R"(], "iv": ")" + to_base64(nonce) + R"(", "salt": ")" +
           to_base64(salt) + "\"}\n";
}

ConsensusKeysError error_of(std::string_view file, std::string_view password) {
    const auto opened = open_consensus_keys(as_bytes(file), as_bytes(password));
    EXPECT_FALSE(opened);
    return opened ? ConsensusKeysError{} : opened.error();
}

TEST(ConsensusKeys, RoundTrip) {
    ChaChaRng random(1);
    const ConsensusKeys keys = random_keys(random);
    for (const std::string_view password : {"", "password", "pässwörd €"}) {
        const std::string file = seal_consensus_keys(keys, as_bytes(password), random);
        EXPECT_TRUE(looks_like_consensus_keys(as_bytes(file)));
        const auto opened = open_consensus_keys(as_bytes(file), as_bytes(password));
        ASSERT_TRUE(opened);
        EXPECT_EQ(opened->format, ConsensusKeysFormat::current);
        EXPECT_EQ(opened->keys.secret_key.to_bytes(), keys.secret_key.to_bytes());
        EXPECT_TRUE(opened->keys.belong_together());
        EXPECT_EQ(error_of(file, "another"), ConsensusKeysError::wrong_password);
    }
}

TEST(ConsensusKeys, EveryCutIsTruncation) {
    ChaChaRng random(2);
    const std::string file = seal_consensus_keys(random_keys(random), as_bytes("pw"), random);
    for (std::size_t size = 1; size < file.size(); size += 7) {
        EXPECT_EQ(error_of(file.substr(0, size), "pw"), ConsensusKeysError::truncated) << size;
    }
    EXPECT_EQ(error_of("", "pw"), ConsensusKeysError::truncated);
    EXPECT_EQ(error_of("short", "pw"), ConsensusKeysError::truncated);
    // Whole JSON, but the list of bytes was cut.
    EXPECT_EQ(error_of(file.substr(0, file.find("key_pair") + 14) + "]}", "pw"), ConsensusKeysError::truncated);
}

TEST(ConsensusKeys, ChangedBytesAreDamage) {
    ChaChaRng random(3);
    const std::string file = seal_consensus_keys(random_keys(random), as_bytes("pw"), random);
    // A digit of the last bytes: the password still fits the start.
    std::string changed = file;
    char& digit = changed[changed.size() - 3];
    digit = digit == '1' ? '2' : '1';
    EXPECT_EQ(error_of(changed, "pw"), ConsensusKeysError::damaged);
    // A key of the envelope, or no list of bytes.
    std::string renamed = file;
    renamed.replace(renamed.find("salt"), 4, "sault");
    EXPECT_EQ(error_of(renamed, "pw"), ConsensusKeysError::damaged);
    EXPECT_EQ(error_of(R"({"salt":"","iv":"","key_pair":[256]})", "pw"), ConsensusKeysError::damaged);
    EXPECT_EQ(error_of("{}", "pw"), ConsensusKeysError::damaged);
}

// Wherever a byte of the encrypted part is changed, the rest decrypts. Another salt or IV is like another password.
TEST(ConsensusKeys, DamageAtTheStartIsNoWrongPassword) {
    ChaChaRng random(5);
    const std::string file = seal_consensus_keys(random_keys(random), as_bytes("pw"), random);
    const auto with_changed = [&](std::string_view before, std::size_t skipped) {
        std::string changed = file;
        char& at = changed[changed.find(before) + before.size() + skipped];
        at = at == '1' ? '2' : '1';
        return changed;
    };
    EXPECT_EQ(error_of(with_changed("\"key_pair\":[", 0), "pw"), ConsensusKeysError::damaged);
    EXPECT_EQ(error_of(with_changed("\"salt\":\"", 3), "pw"), ConsensusKeysError::wrong_password);
    EXPECT_EQ(error_of(with_changed("\"iv\":\"", 3), "pw"), ConsensusKeysError::wrong_password);
}

TEST(ConsensusKeys, InnerFields) {
    ChaChaRng random(4);
    const ConsensusKeys keys = random_keys(random);
    const Bytes secret = to_vector(keys.secret_key.to_bytes().reveal());
    const Bytes public_key = to_vector(keys.public_key.to_bytes());
    const auto inner = [](const Bytes& sk, const Bytes& pk) {
        return R"({ "public_key_bls":")" + to_base64(pk) + R"(","more":null,"secret_key_bls":")" + to_base64(sk) +
               "\"}";
    };
    const auto with_tail = [](Bytes bytes) {
        bytes.insert(bytes.end(), {1, 2, 3});
        return bytes;
    };
    // Any order, unknown fields and tails are accepted, as the reference does.
    EXPECT_TRUE(open_consensus_keys(as_bytes(file_with(inner(with_tail(secret), with_tail(public_key)), "pw")),
                                    as_bytes("pw")));
    const Bytes no_scalar(32, 0xff);
    EXPECT_EQ(error_of(file_with(inner(no_scalar, public_key), "pw"), "pw"), ConsensusKeysError::bad_secret_key);
    EXPECT_EQ(error_of(file_with(inner(secret, Bytes(96, 1)), "pw"), "pw"), ConsensusKeysError::bad_public_key);
    const std::string no_json(300, 'x');
    EXPECT_EQ(error_of(file_with(no_json, "pw"), "pw"), ConsensusKeysError::damaged);

    const ConsensusKeys other = random_keys(random);
    const auto mismatched = open_consensus_keys(
        as_bytes(file_with(inner(secret, to_vector(other.public_key.to_bytes())), "pw")), as_bytes("pw"));
    ASSERT_TRUE(mismatched);
    EXPECT_FALSE(mismatched->keys.belong_together());
}

TEST(ConsensusKeys, OldFormatIsJudgedByItsSizeAndPassword) {
    EXPECT_EQ(open_consensus_keys(Bytes(15), {}).error(), ConsensusKeysError::truncated);
    EXPECT_EQ(open_consensus_keys(Bytes(239), {}).error(), ConsensusKeysError::truncated);
    EXPECT_EQ(open_consensus_keys(Bytes(240), {}).error(), ConsensusKeysError::wrong_password);
    EXPECT_TRUE(looks_like_consensus_keys(Bytes(240)));
    EXPECT_FALSE(looks_like_consensus_keys(Bytes(96)));
}

// Nothing that is read crashes or opens by chance.
RC_GTEST_PROP(ConsensusKeys, GarbageIsRefused, (const Bytes& garbage)) {
    RC_ASSERT(!open_consensus_keys(garbage, as_bytes("pw")));
}

}  // namespace
}  // namespace dusk::crypto
