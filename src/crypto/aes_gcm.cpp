#include "crypto/aes_gcm.hpp"

#include <openssl/evp.h>

#include <limits>
#include <memory>
#include <new>
#include <stdexcept>

namespace dusk::crypto {
namespace {

struct FreeContext {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_CIPHER_CTX, FreeContext>;

// Looked up once: OpenSSL 3 otherwise searches its providers at every use.
const EVP_CIPHER* gcm() {
    static const EVP_CIPHER* const found = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
    return found;
}
const EVP_CIPHER* cbc() {
    static const EVP_CIPHER* const found = EVP_CIPHER_fetch(nullptr, "AES-256-CBC", nullptr);
    return found;
}

Context new_context() {
    Context context(EVP_CIPHER_CTX_new());
    if (context == nullptr) throw std::bad_alloc();
    return context;
}

// Fails only where memory is short or the algorithm is switched off: neither is an outside input.
void require(int ok) {
    if (ok != 1) throw std::runtime_error("OpenSSL does not run AES-256");
}

// OpenSSL counts in int. What we encrypt is far below; what we decrypt comes from files of bounded size.
int int_size(ByteView bytes) {
    if (bytes.size() > std::numeric_limits<int>::max()) throw std::length_error("more than 2 GiB to encrypt");
    return static_cast<int>(bytes.size());
}

Context decryption(const EVP_CIPHER* cipher, const AesKey& key, const std::uint8_t* iv) {
    Context context = new_context();
    require(EVP_DecryptInit_ex2(context.get(), cipher, key.reveal().data(), iv, nullptr));
    return context;
}

// The plaintext so far, before the tag is looked at.
SecretBytes gcm_decrypt(EVP_CIPHER_CTX* context, ByteView ciphertext) {
    SecretBytes plaintext(ciphertext.size());
    int size = 0;
    if (!ciphertext.empty()) {
        require(EVP_DecryptUpdate(context, plaintext.reveal().data(), &size, ciphertext.data(), int_size(ciphertext)));
    }
    return plaintext;
}

}  // namespace

Bytes aes256_gcm_seal(const AesKey& key, std::span<const std::uint8_t, kGcmNonceSize> nonce, ByteView plaintext) {
    Bytes sealed(plaintext.size() + kGcmTagSize);
    const Context context = new_context();
    require(EVP_EncryptInit_ex2(context.get(), gcm(), key.reveal().data(), nonce.data(), nullptr));
    int size = 0;
    if (!plaintext.empty()) {
        require(EVP_EncryptUpdate(context.get(), sealed.data(), &size, plaintext.data(), int_size(plaintext)));
    }
    std::uint8_t* const tag = sealed.data() + plaintext.size();
    require(EVP_EncryptFinal_ex(context.get(), tag, &size));
    require(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, kGcmTagSize, tag));
    return sealed;
}

Result<SecretBytes, CipherError> aes256_gcm_open(const AesKey& key, std::span<const std::uint8_t, kGcmNonceSize> nonce,
                                                 ByteView sealed) {
    if (sealed.size() < kGcmTagSize) return fail(CipherError::too_short);
    const ByteView ciphertext = sealed.first(sealed.size() - kGcmTagSize);
    auto tag = take<kGcmTagSize>(sealed.last(kGcmTagSize));
    const Context context = decryption(gcm(), key, nonce.data());
    SecretBytes plaintext = gcm_decrypt(context.get(), ciphertext);
    require(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, kGcmTagSize, tag.data()));
    ByteArray<kGcmTagSize> rest{};
    int size = 0;
    if (EVP_DecryptFinal_ex(context.get(), rest.data(), &size) != 1) return fail(CipherError::not_authentic);
    return plaintext;
}

SecretBytes aes256_gcm_unverified(const AesKey& key, std::span<const std::uint8_t, kGcmNonceSize> nonce,
                                  ByteView sealed) {
    if (sealed.size() < kGcmTagSize) return {};
    return gcm_decrypt(decryption(gcm(), key, nonce.data()).get(), sealed.first(sealed.size() - kGcmTagSize));
}

SecretBytes aes256_cbc_unpadded(const AesKey& key, std::span<const std::uint8_t, kCbcBlockSize> iv,
                                ByteView ciphertext) {
    if (ciphertext.empty() || ciphertext.size() % kCbcBlockSize != 0) return {};
    const Context context = decryption(cbc(), key, iv.data());
    require(EVP_CIPHER_CTX_set_padding(context.get(), 0));
    SecretBytes padded(ciphertext.size());
    int size = 0;
    require(EVP_DecryptUpdate(context.get(), padded.reveal().data(), &size, ciphertext.data(), int_size(ciphertext)));
    return padded;
}

}  // namespace dusk::crypto
