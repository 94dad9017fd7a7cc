// The ciphers under notes and key files. Nothing that was not sealed with the key opens; what was sealed opens, and no
// longer after the change of one bit. Old key files: what has whole blocks and the padding of PKCS#7 opens.
#include <algorithm>

#include "crypto/aes_layer.hpp"
#include "crypto/chacha_rng.hpp"
#include "require.hpp"

namespace {

using namespace dusk;
using namespace dusk::crypto;
using fuzz::require;

constexpr ByteArray<32> kKey{7};

void check_layer(ByteView salt, ByteView bytes) {
    const auto opened = aes_layer_decrypt(kKey, salt, bytes);
    const CipherError expected = bytes.size() < kAesLayerOverhead ? CipherError::too_short : CipherError::not_authentic;
    require(!opened && opened.error() == expected && !to_string(opened.error()).empty());

    ChaChaRng random(1);
    Bytes sealed = aes_layer_encrypt(kKey, salt, bytes, random);
    require(sealed.size() == bytes.size() + kAesLayerOverhead);
    const auto back = aes_layer_decrypt(kKey, salt, sealed);
    require(back && equal(back->reveal(), bytes));
    const std::size_t bit = (salt.size() * 131 + bytes.size()) % (8 * sealed.size());
    sealed[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
    require(!aes_layer_decrypt(kKey, salt, sealed));
}

void check_gcm(ByteView bytes) {
    const AesKey key(kKey);
    const ByteArray<kGcmNonceSize> nonce{};
    const auto opened = aes256_gcm_open(key, nonce, bytes);
    require(!opened && (opened.error() == CipherError::too_short) == (bytes.size() < kGcmTagSize));
    const auto back = aes256_gcm_open(key, nonce, aes256_gcm_seal(key, nonce, bytes));
    require(back && equal(back->reveal(), bytes));
}

void check_cbc(ByteView bytes) {
    const AesKey key(kKey);
    const ByteArray<kCbcBlockSize> iv{};
    const auto opened = aes256_cbc_open(key, iv, bytes);
    const bool whole = !bytes.empty() && bytes.size() % kCbcBlockSize == 0;
    require(opened || (opened.error() == CipherError::too_short) == !whole);
    if (!whole) return;
    const SecretBytes padded = aes256_cbc_unpadded(key, iv, bytes);
    require(padded.reveal().size() == bytes.size());
    const std::size_t padding = padded.reveal().back();
    const bool well_padded =
        padding >= 1 && padding <= kCbcBlockSize &&
        std::ranges::all_of(padded.reveal().last(padding), [&](std::uint8_t byte) { return byte == padding; });
    require(opened.has_value() == well_padded);
    if (opened) require(equal(opened->reveal(), padded.reveal().first(bytes.size() - padding)));
}

}  // namespace

// The first byte is the length of the salt.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const ByteView rest(data + 1, size - 1);
    const ByteView salt = rest.first(std::min<std::size_t>(data[0], rest.size()));
    check_layer(salt, rest.subspan(salt.size()));
    check_gcm(rest);
    check_cbc(rest);
    return 0;
}
