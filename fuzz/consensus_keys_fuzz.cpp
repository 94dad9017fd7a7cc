// Provisioner key files. The first byte chooses: the rest is a file, or the decrypted content of a file of the old
// format. Keys that open are written and open again, and their file is recognised.
#include <openssl/evp.h>

#include <cstdlib>

#include "app/key_files.hpp"
#include "crypto/chacha_rng.hpp"
#include "crypto/consensus_keys.hpp"
#include "crypto/sha2.hpp"

namespace {

constexpr std::string_view kPassword = "password";

dusk::Bytes old_file_around(dusk::ByteView content) {
    const auto key = dusk::crypto::sha256(dusk::as_bytes(kPassword));
    dusk::Bytes file(16 + content.size() + 16);
    EVP_CIPHER_CTX* context = EVP_CIPHER_CTX_new();
    int size = 0;
    int last = 0;
    if (context == nullptr || EVP_EncryptInit_ex(context, EVP_aes_256_cbc(), nullptr, key.data(), file.data()) != 1 ||
        EVP_EncryptUpdate(context, file.data() + 16, &size, content.data(), static_cast<int>(content.size())) != 1 ||
        EVP_EncryptFinal_ex(context, file.data() + 16 + size, &last) != 1) {
        std::abort();
    }
    EVP_CIPHER_CTX_free(context);
    file.resize(16 + static_cast<std::size_t>(size + last));
    return file;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace dusk;
    if (size == 0) return 0;
    const ByteView rest(data + 1, size - 1);
    const Bytes file = data[0] % 2 == 0 ? to_vector(rest) : old_file_around(rest);
    const ByteView password = as_bytes(kPassword);
    const auto opened = crypto::open_consensus_keys(file, password);
    if (!opened) {
        if (crypto::to_string(opened.error()).empty()) std::abort();
        return 0;
    }
    if (app::kind_of("name", file) != app::KeyFileKind::consensus_keys) std::abort();
    crypto::ChaChaRng random(1);
    const std::string sealed = crypto::seal_consensus_keys(opened->keys, password, random);
    const auto again = crypto::open_consensus_keys(as_bytes(sealed), password);
    if (!again || !(again->keys.public_key == opened->keys.public_key) ||
        !(again->keys.secret_key.to_bytes() == opened->keys.secret_key.to_bytes())) {
        std::abort();
    }
    return 0;
}
