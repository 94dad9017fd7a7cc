// What the WebAssembly module has in place of OpenSSL's AES.
#include "crypto/wasm/aes_block.hpp"

#include <gtest/gtest.h>
#include <openssl/evp.h>

#include "base/hex.hpp"
#include "crypto/chacha_rng.hpp"

namespace dusk::crypto {
namespace {

using aes::Aes256;
using Block = ByteArray<16>;

Block block(std::string_view hex) { return take<16>(ByteView(from_hex(hex).value())); }

// FIPS 197, C.3.
TEST(AesBlock, HasTheValuesOfTheStandard) {
    ByteArray<32> key;
    for (std::size_t i = 0; i < key.size(); ++i) key[i] = static_cast<std::uint8_t>(i);
    const Aes256 cipher{SecretArray<32>(key)};
    const Block plain = block("00112233445566778899aabbccddeeff");
    EXPECT_EQ(cipher.encrypt(plain), block("8ea2b7ca516745bfeafc49904b496089"));
    EXPECT_EQ(cipher.decrypt(cipher.encrypt(plain)), plain);
}

// All values of a byte through the S-box, many keys.
TEST(AesBlock, DoesAsOpenSsl) {
    ChaChaRng random(std::uint64_t{5});
    EVP_CIPHER_CTX* const context = EVP_CIPHER_CTX_new();
    for (int i = 0; i < 300; ++i) {
        ByteArray<32> key;
        Block plain;
        random.fill(key);
        random.fill(plain);
        Block expected;
        int size = 0;
        ASSERT_EQ(EVP_EncryptInit_ex(context, EVP_aes_256_ecb(), nullptr, key.data(), nullptr), 1);
        ASSERT_EQ(EVP_CIPHER_CTX_set_padding(context, 0), 1);
        ASSERT_EQ(EVP_EncryptUpdate(context, expected.data(), &size, plain.data(), 16), 1);
        const Aes256 cipher{SecretArray<32>(key)};
        ASSERT_EQ(cipher.encrypt(plain), expected);
        ASSERT_EQ(cipher.decrypt(expected), plain);
    }
    EVP_CIPHER_CTX_free(context);
}

}  // namespace
}  // namespace dusk::crypto
