#include "crypto/aes_gcm.hpp"

namespace dusk::crypto {

std::string_view to_string(CipherError error) {
    switch (error) {
        case CipherError::too_short:
            return "the ciphertext is shorter than its cipher writes, or not in whole blocks";
        case CipherError::not_authentic:
            return "the key is another one, or the ciphertext was changed";
        case CipherError::bad_padding:
            return "the padding is wrong: another key, or the ciphertext was changed";
    }
    return "unknown cipher error";
}

// PKCS#7.
Result<SecretBytes, CipherError> aes256_cbc_open(const AesKey& key, std::span<const std::uint8_t, kCbcBlockSize> iv,
                                                 ByteView ciphertext) {
    SecretBytes plaintext = aes256_cbc_unpadded(key, iv, ciphertext);
    if (plaintext.empty()) return fail(CipherError::too_short);
    const ByteView blocks = plaintext.reveal();
    const std::size_t padding = blocks.back();
    if (padding == 0 || padding > kCbcBlockSize) return fail(CipherError::bad_padding);
    for (const std::uint8_t byte : blocks.last(padding)) {
        if (byte != padding) return fail(CipherError::bad_padding);
    }
    plaintext.truncate(plaintext.size() - padding);
    return plaintext;
}

}  // namespace dusk::crypto
