#include "crypto/pbkdf2.hpp"

#include <openssl/evp.h>

#include <limits>
#include <stdexcept>

namespace dusk::crypto {
namespace {

template <std::size_t Size>
SecretArray<Size> derive(ByteView password, ByteView salt, std::uint32_t rounds, const EVP_MD* hash) {
    constexpr auto kMost = static_cast<std::size_t>(std::numeric_limits<int>::max());
    if (password.size() > kMost || salt.size() > kMost || rounds > kMost) throw std::length_error("PBKDF2 input");
    SecretArray<Size> key;
    // An empty view may have no address; OpenSSL takes no address for "no password".
    const char* const text = password.empty() ? "" : reinterpret_cast<const char*>(password.data());
    if (PKCS5_PBKDF2_HMAC(text, static_cast<int>(password.size()), salt.data(), static_cast<int>(salt.size()),
                          static_cast<int>(rounds), hash, static_cast<int>(Size), key.reveal().data()) != 1) {
        throw std::runtime_error("OpenSSL does not run PBKDF2");
    }
    return key;
}

}  // namespace

SecretArray<32> pbkdf2_sha256(ByteView password, ByteView salt, std::uint32_t rounds) {
    return derive<32>(password, salt, rounds, EVP_sha256());
}

SecretArray<64> pbkdf2_sha512(ByteView password, ByteView salt, std::uint32_t rounds) {
    return derive<64>(password, salt, rounds, EVP_sha512());
}

}  // namespace dusk::crypto
