#include "crypto/hkdf.hpp"

#include <algorithm>
#include <stdexcept>

#include "crypto/sha2.hpp"

namespace dusk::crypto {
namespace {

constexpr std::size_t kBlock = 64;
constexpr std::size_t kDigest = 32;

// HMAC of a message in pieces.
class Hmac {
  public:
    explicit Hmac(ByteView key) {
        if (key.size() > kBlock) {
            const SecretArray<kDigest> digest(sha256(key));
            std::ranges::copy(digest.reveal(), outer_pad_.reveal().begin());
        } else {
            std::ranges::copy(key, outer_pad_.reveal().begin());
        }
        SecretArray<kBlock> inner_pad = outer_pad_.clone();
        for (auto& byte : inner_pad.reveal()) byte ^= 0x36;
        for (auto& byte : outer_pad_.reveal()) byte ^= 0x5c;
        inner_.update(inner_pad.reveal());
    }
    void update(ByteView piece) { inner_.update(piece); }
    [[nodiscard]] SecretArray<kDigest> finish() {
        const SecretArray<kDigest> inner(inner_.finish());
        Sha256 outer;
        outer.update(outer_pad_.reveal());
        outer.update(inner.reveal());
        return SecretArray<kDigest>(outer.finish());
    }

  private:
    SecretArray<kBlock> outer_pad_;
    Sha256 inner_;
};

}  // namespace

SecretArray<32> hmac_sha256(ByteView key, ByteView message) {
    Hmac hmac(key);
    hmac.update(message);
    return hmac.finish();
}

SecretArray<32> hkdf_extract(ByteView salt, ByteView input_key) { return hmac_sha256(salt, input_key); }

void hkdf_expand(const SecretArray<32>& pseudorandom_key, ByteView info, MutableByteView out) {
    if (out.size() > 255 * kDigest) throw std::length_error("HKDF gives at most 8160 bytes");
    SecretArray<kDigest> block;
    for (std::uint8_t counter = 1; !out.empty(); ++counter) {
        Hmac hmac(pseudorandom_key.reveal());
        if (counter > 1) hmac.update(block.reveal());
        hmac.update(info);
        hmac.update({&counter, 1});
        block = hmac.finish();
        const std::size_t taken = std::min(kDigest, out.size());
        std::copy_n(block.reveal().begin(), taken, out.begin());
        out = out.subspan(taken);
    }
}

}  // namespace dusk::crypto
