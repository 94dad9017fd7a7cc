#include "crypto/pbkdf2.hpp"

#include <sodium.h>

namespace dusk::crypto {
namespace {

struct HmacSha256 {
    static constexpr std::size_t kSize = crypto_auth_hmacsha256_BYTES;
    crypto_auth_hmacsha256_state state;
    void init(ByteView key) { crypto_auth_hmacsha256_init(&state, key.data(), key.size()); }
    void update(ByteView piece) { crypto_auth_hmacsha256_update(&state, piece.data(), piece.size()); }
    void final(std::uint8_t* out) { crypto_auth_hmacsha256_final(&state, out); }
};
struct HmacSha512 {
    static constexpr std::size_t kSize = crypto_auth_hmacsha512_BYTES;
    crypto_auth_hmacsha512_state state;
    void init(ByteView key) { crypto_auth_hmacsha512_init(&state, key.data(), key.size()); }
    void update(ByteView piece) { crypto_auth_hmacsha512_update(&state, piece.data(), piece.size()); }
    void final(std::uint8_t* out) { crypto_auth_hmacsha512_final(&state, out); }
};

// The first block of PBKDF2 (RFC 8018 §5.2), which is all that a key of the size of the digest takes.
template <class Hmac>
SecretArray<Hmac::kSize> derive(ByteView password, ByteView salt, std::uint32_t rounds) {
    Secret<Hmac> keyed;
    keyed.reveal().init(password);
    const auto hmac = [&](ByteView first, ByteView second) {
        Secret<Hmac> one = keyed.clone();
        one.reveal().update(first);
        one.reveal().update(second);
        SecretArray<Hmac::kSize> out;
        one.reveal().final(out.reveal().data());
        return out;
    };
    constexpr ByteArray<4> kFirstBlock{0, 0, 0, 1};
    auto step = hmac(salt, kFirstBlock);
    auto sum = step.clone();
    for (std::uint32_t round = 1; round < rounds; ++round) {
        step = hmac(step.reveal(), {});
        for (std::size_t i = 0; i < Hmac::kSize; ++i) sum.reveal()[i] ^= step.reveal()[i];
    }
    return sum;
}

}  // namespace

SecretArray<32> pbkdf2_sha256(ByteView password, ByteView salt, std::uint32_t rounds) {
    return derive<HmacSha256>(password, salt, rounds);
}

SecretArray<64> pbkdf2_sha512(ByteView password, ByteView salt, std::uint32_t rounds) {
    return derive<HmacSha512>(password, salt, rounds);
}

}  // namespace dusk::crypto
