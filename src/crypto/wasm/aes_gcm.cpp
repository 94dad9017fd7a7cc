// AES-256-GCM and CBC where there is no OpenSSL: AES and its modes (NIST SP 800-38A, 38D), in constant time.
#include "crypto/aes_gcm.hpp"

#include <algorithm>

#include "crypto/wasm/aes_block.hpp"

namespace dusk::crypto {
namespace {

using aes::Aes256;
constexpr std::size_t kBlock = Aes256::kBlock;
using Block = ByteArray<kBlock>;

// An element of GF(2^128) in the bit order of GCM: the first bit of the block is the constant term.
struct Element {
    std::uint64_t high = 0;
    std::uint64_t low = 0;
};

Element load(const Block& block) {
    return {load_be<std::uint64_t>(block.data()), load_be<std::uint64_t>(block.data() + 8)};
}

// Modulo x^128 + x^7 + x^2 + x + 1. Constant time.
Element multiply(const Element& a, Element b) {
    Element out;
    for (unsigned bit = 0; bit < 128; ++bit) {
        const std::uint64_t word = bit < 64 ? a.high : a.low;
        const std::uint64_t take = 0 - ((word >> (63 - bit % 64)) & 1);
        out.high ^= b.high & take;
        out.low ^= b.low & take;
        const std::uint64_t carry = 0 - (b.low & 1);
        b.low = (b.low >> 1) | (b.high << 63);
        b.high = (b.high >> 1) ^ (carry & 0xe100000000000000);
    }
    return out;
}

class Gcm {
  public:
    Gcm(const AesKey& key, std::span<const std::uint8_t, kGcmNonceSize> nonce)
        : aes_(key), hash_key_(load(aes_.encrypt({}))) {
        std::ranges::copy(nonce, counter_.begin());
        store_be<std::uint32_t>(counter_.data() + kGcmNonceSize, 1);
        tag_mask_ = aes_.encrypt(counter_);
    }

    // The stream that hides the bytes, put on or taken off.
    void apply(ByteView in, MutableByteView out) {
        for (std::size_t at = 0; at < in.size(); at += kBlock) {
            store_be<std::uint32_t>(counter_.data() + kGcmNonceSize, static_cast<std::uint32_t>(at / kBlock + 2));
            const Block stream = aes_.encrypt(counter_);
            for (std::size_t i = 0; i < std::min(kBlock, in.size() - at); ++i) {
                out[at + i] = static_cast<std::uint8_t>(in[at + i] ^ stream[i]);
            }
        }
    }

    [[nodiscard]] ByteArray<kGcmTagSize> tag(ByteView ciphertext) const {
        Element sum;
        const auto absorb = [&](const Block& block) {
            const Element one = load(block);
            sum = multiply({sum.high ^ one.high, sum.low ^ one.low}, hash_key_);
        };
        for (std::size_t at = 0; at < ciphertext.size(); at += kBlock) {
            Block block{};
            std::ranges::copy(ciphertext.subspan(at, std::min(kBlock, ciphertext.size() - at)), block.begin());
            absorb(block);
        }
        Block lengths{};  // in bits: of what is only authenticated, none, and of the ciphertext
        store_be<std::uint64_t>(lengths.data() + 8, std::uint64_t{8} * ciphertext.size());
        absorb(lengths);
        ByteArray<kGcmTagSize> out;
        store_be<std::uint64_t>(out.data(), sum.high);
        store_be<std::uint64_t>(out.data() + 8, sum.low);
        for (std::size_t i = 0; i < out.size(); ++i) out[i] ^= tag_mask_[i];
        return out;
    }

  private:
    Aes256 aes_;
    Element hash_key_;
    Block counter_{};
    Block tag_mask_{};
};

}  // namespace

Bytes aes256_gcm_seal(const AesKey& key, std::span<const std::uint8_t, kGcmNonceSize> nonce, ByteView plaintext) {
    Bytes sealed(plaintext.size() + kGcmTagSize);
    Gcm gcm(key, nonce);
    const MutableByteView ciphertext = MutableByteView(sealed).first(plaintext.size());
    gcm.apply(plaintext, ciphertext);
    std::ranges::copy(gcm.tag(ciphertext), sealed.end() - kGcmTagSize);
    return sealed;
}

Result<SecretBytes, CipherError> aes256_gcm_open(const AesKey& key, std::span<const std::uint8_t, kGcmNonceSize> nonce,
                                                 ByteView sealed) {
    if (sealed.size() < kGcmTagSize) return fail(CipherError::too_short);
    const Gcm gcm(key, nonce);
    const auto tag = gcm.tag(sealed.first(sealed.size() - kGcmTagSize));
    if (!equal_constant_time(tag, sealed.last(kGcmTagSize))) return fail(CipherError::not_authentic);
    return aes256_gcm_unverified(key, nonce, sealed);
}

SecretBytes aes256_gcm_unverified(const AesKey& key, std::span<const std::uint8_t, kGcmNonceSize> nonce,
                                  ByteView sealed) {
    if (sealed.size() < kGcmTagSize) return {};
    const ByteView ciphertext = sealed.first(sealed.size() - kGcmTagSize);
    SecretBytes plaintext(ciphertext.size());
    Gcm(key, nonce).apply(ciphertext, plaintext.reveal());
    return plaintext;
}

SecretBytes aes256_cbc_unpadded(const AesKey& key, std::span<const std::uint8_t, kCbcBlockSize> iv,
                                ByteView ciphertext) {
    if (ciphertext.size() % kCbcBlockSize != 0) return {};
    const Aes256 aes(key);
    SecretBytes out(ciphertext.size());
    ByteView before = iv;
    for (std::size_t at = 0; at < ciphertext.size(); at += kCbcBlockSize) {
        const Block block = aes.decrypt(take<kCbcBlockSize>(ciphertext.subspan(at, kCbcBlockSize)));
        for (std::size_t i = 0; i < kCbcBlockSize; ++i) {
            out.reveal()[at + i] = static_cast<std::uint8_t>(block[i] ^ before[i]);
        }
        before = ciphertext.subspan(at, kCbcBlockSize);
    }
    return out;
}

}  // namespace dusk::crypto
