// The AES layer of Phoenix notes and memos (spec/crypto.md §12): AES-256-GCM under a key that HKDF derives from a
// Diffie-Hellman point.
#pragma once

#include "base/random.hpp"
#include "crypto/aes_gcm.hpp"

namespace dusk::crypto {

// What encryption adds: 12 bytes of nonce before, 16 bytes of tag behind.
inline constexpr std::size_t kAesLayerOverhead = kGcmNonceSize + kGcmTagSize;

// nonce ‖ ciphertext ‖ tag. `shared_point` is the encoding of the shared point, `salt` is public. One draw of 12 bytes.
[[nodiscard]] Bytes aes_layer_encrypt(std::span<const std::uint8_t, 32> shared_point, ByteView salt, ByteView plaintext,
                                      RandomSource& random);

// Errors: too_short (less than the overhead), not_authentic.
[[nodiscard]] Result<SecretBytes, CipherError> aes_layer_decrypt(std::span<const std::uint8_t, 32> shared_point,
                                                                 ByteView salt, ByteView encrypted);

}  // namespace dusk::crypto
