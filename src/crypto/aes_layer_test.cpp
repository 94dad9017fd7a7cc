// The ciphers and key stretchers: test cases of their standards, round trips, and every changed byte is noticed.
#include "crypto/aes_layer.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/hex.hpp"
#include "crypto/chacha_rng.hpp"
#include "crypto/hkdf.hpp"
#include "crypto/pbkdf2.hpp"

namespace dusk::crypto {
namespace {

Bytes hex(std::string_view text) { return from_hex(text).value(); }

TEST(Hkdf, FirstTestCaseOfRfc5869) {
    const auto key = hkdf_extract(hex("000102030405060708090a0b0c"), Bytes(22, 0x0b));
    EXPECT_EQ(to_hex(key.reveal()), "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5");
    Bytes out(42);
    hkdf_expand(key, hex("f0f1f2f3f4f5f6f7f8f9"), out);
    EXPECT_EQ(to_hex(out), "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
}

TEST(Hmac, KeysLongerThanABlockAreHashed) {
    EXPECT_EQ(
        to_hex(
            hmac_sha256(Bytes(131, 0xaa), as_bytes("Test Using Larger Than Block-Size Key - Hash Key First")).reveal()),
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(Pbkdf2, KnownAnswers) {
    EXPECT_EQ(to_hex(pbkdf2_sha256(as_bytes("password"), as_bytes("salt"), 1).reveal()),
              "120fb6cffcf8b32c43e7225256c4f837a86548c92ccc35480805987cb70be17b");
    EXPECT_EQ(to_hex(pbkdf2_sha256(as_bytes("password"), as_bytes("salt"), 4096).reveal()),
              "c5e478d59288c841aa530db6845c4c8d962893a001ce4e11a4963873aa98134a");
    EXPECT_EQ(to_hex(pbkdf2_sha512(as_bytes("password"), as_bytes("salt"), 1).reveal()),
              "867f70cf1ade02cff3752599a3a53dc4af34c7a669815ae5d513554e1c8cf252"
              "c02d470a285a0501bad999bfe943c08f050235d7d68b1da55e63f73b60a57fce");
}

TEST(AesGcm, TestCase14OfTheGcmPaper) {
    const AesKey key;
    const ByteArray<12> nonce{};
    const Bytes sealed = aes256_gcm_seal(key, nonce, Bytes(16));
    EXPECT_EQ(to_hex(sealed), "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919");
    EXPECT_EQ(to_hex(aes256_gcm_seal(key, nonce, {})), "530f8afbc74536b9a963b4f1c4cb738b");
    EXPECT_TRUE(aes256_gcm_open(key, nonce, hex("530f8afbc74536b9a963b4f1c4cb738b"))->empty());
}

// SP 800-38A F.2.6 has no padding: the padded blocks of another message show both sides of the rule.
TEST(AesCbc, PaddingDecides) {
    const AesKey key;
    const ByteArray<16> iv{};
    // The zero block under the zero key, decrypted, is not a padding.
    EXPECT_EQ(aes256_cbc_open(key, iv, Bytes(16)).error(), CipherError::bad_padding);
    EXPECT_EQ(aes256_cbc_open(key, iv, Bytes(15)).error(), CipherError::too_short);
    EXPECT_EQ(aes256_cbc_open(key, iv, {}).error(), CipherError::too_short);
    // Whatever the block decrypts to, this IV turns it into sixteen times 16, or into a text of 15 bytes.
    const SecretBytes raw = aes256_cbc_unpadded(key, iv, Bytes(16));
    ByteArray<16> chosen{};
    for (std::size_t i = 0; i < 16; ++i) chosen[i] = raw.reveal()[i] ^ 0x10;
    EXPECT_TRUE(aes256_cbc_open(key, chosen, Bytes(16))->empty());
    chosen[15] = raw.reveal()[15] ^ 0x01;
    EXPECT_EQ(aes256_cbc_open(key, chosen, Bytes(16))->size(), 15u);
    chosen[15] = raw.reveal()[15] ^ 0x11;
    EXPECT_EQ(aes256_cbc_open(key, chosen, Bytes(16)).error(), CipherError::bad_padding);
}

RC_GTEST_PROP(AesLayer, RoundTripAndEveryChangeIsNoticed,
              (const Bytes& plaintext, const Bytes& salt, std::uint64_t seed)) {
    ChaChaRng random(seed);
    ByteArray<32> shared;
    random.fill(shared);
    Bytes encrypted = aes_layer_encrypt(shared, salt, plaintext, random);
    RC_ASSERT(encrypted.size() == plaintext.size() + kAesLayerOverhead);
    RC_ASSERT(equal(aes_layer_decrypt(shared, salt, encrypted)->reveal(), plaintext));

    const std::size_t at = random.next_u32() % encrypted.size();
    encrypted[at] ^= static_cast<std::uint8_t>(1 + random.next_u32() % 255);
    RC_ASSERT(aes_layer_decrypt(shared, salt, encrypted).error() == CipherError::not_authentic);
    encrypted.resize(kAesLayerOverhead - 1);
    RC_ASSERT(aes_layer_decrypt(shared, salt, encrypted).error() == CipherError::too_short);
}

TEST(AesLayer, AnotherSaltIsAnotherKey) {
    ChaChaRng random(1);
    const ByteArray<32> shared{1, 2, 3};
    const Bytes encrypted = aes_layer_encrypt(shared, Bytes(64, 1), Bytes(40, 7), random);
    EXPECT_EQ(aes_layer_decrypt(shared, Bytes(64, 2), encrypted).error(), CipherError::not_authentic);
    EXPECT_EQ(aes_layer_decrypt(ByteArray<32>{}, Bytes(64, 1), encrypted).error(), CipherError::not_authentic);
}

}  // namespace
}  // namespace dusk::crypto
