// AES-256-GCM without associated data, and AES-256-CBC decryption for old key files. By OpenSSL.
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"

namespace dusk::crypto {

using AesKey = SecretArray<32>;
inline constexpr std::size_t kGcmNonceSize = 12;
inline constexpr std::size_t kGcmTagSize = 16;
inline constexpr std::size_t kCbcBlockSize = 16;

enum class CipherError : std::uint8_t {
    too_short,      // shorter than what the cipher adds, or not a whole number of blocks
    not_authentic,  // another key, or the ciphertext was changed
    bad_padding,    // CBC only: another key, or the ciphertext was changed
};

// What is wrong, one sentence.
[[nodiscard]] std::string_view to_string(CipherError error);

// ciphertext ‖ 16-byte tag: 16 bytes longer than the plaintext. A nonce serves once under one key.
[[nodiscard]] Bytes aes256_gcm_seal(const AesKey& key, std::span<const std::uint8_t, kGcmNonceSize> nonce,
                                    ByteView plaintext);

// The plaintext of ciphertext ‖ tag. Errors: too_short, not_authentic.
[[nodiscard]] Result<SecretBytes, CipherError> aes256_gcm_open(const AesKey& key,
                                                               std::span<const std::uint8_t, kGcmNonceSize> nonce,
                                                               ByteView sealed);

// The plaintext without regard to the tag: only to tell a wrong key from a changed file, never to be used.
[[nodiscard]] SecretBytes aes256_gcm_unverified(const AesKey& key, std::span<const std::uint8_t, kGcmNonceSize> nonce,
                                                ByteView sealed);

// Plaintext of whole blocks with PKCS#7 padding. Errors: too_short (empty or not whole blocks), bad_padding.
[[nodiscard]] Result<SecretBytes, CipherError> aes256_cbc_open(const AesKey& key,
                                                               std::span<const std::uint8_t, kCbcBlockSize> iv,
                                                               ByteView ciphertext);

// The padded plaintext of whole blocks; empty where they are not whole.
[[nodiscard]] SecretBytes aes256_cbc_unpadded(const AesKey& key, std::span<const std::uint8_t, kCbcBlockSize> iv,
                                              ByteView ciphertext);

}  // namespace dusk::crypto
