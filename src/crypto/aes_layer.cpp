#include "crypto/aes_layer.hpp"

#include "crypto/hkdf.hpp"

namespace dusk::crypto {
namespace {

AesKey key_of(std::span<const std::uint8_t, 32> shared_point, ByteView salt) {
    AesKey key;
    hkdf_expand(hkdf_extract(salt, shared_point), as_bytes("Phoenix-Dusk"), key.reveal());
    return key;
}

}  // namespace

Bytes aes_layer_encrypt(std::span<const std::uint8_t, 32> shared_point, ByteView salt, ByteView plaintext,
                        RandomSource& random) {
    ByteArray<kGcmNonceSize> nonce;
    random.fill(nonce);
    Bytes encrypted = to_vector(nonce);
    append(encrypted, aes256_gcm_seal(key_of(shared_point, salt), nonce, plaintext));
    return encrypted;
}

Result<SecretBytes, CipherError> aes_layer_decrypt(std::span<const std::uint8_t, 32> shared_point, ByteView salt,
                                                   ByteView encrypted) {
    if (encrypted.size() < kAesLayerOverhead) return fail(CipherError::too_short);
    return aes256_gcm_open(key_of(shared_point, salt), encrypted.first<kGcmNonceSize>(),
                           encrypted.subspan(kGcmNonceSize));
}

}  // namespace dusk::crypto
