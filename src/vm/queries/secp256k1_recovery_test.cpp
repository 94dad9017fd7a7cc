#include "vm/queries/secp256k1_recovery.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <secp256k1.h>
#include <secp256k1_recovery.h>

#include <algorithm>
#include <memory>

#include "base/hex.hpp"
#include "crypto/chacha_rng.hpp"

namespace dusk::vm {
namespace {

// The order of the group, big-endian (SEC 2 §2.4.1).
const Bytes kOrder = from_hex("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141").value();

struct Signed {
    ByteArray<32> digest{};
    ByteArray<65> signature{};
    ByteArray<65> key{};
};

Signed sign(std::uint64_t seed) {
    static const std::unique_ptr<secp256k1_context, void (*)(secp256k1_context*)> context(
        secp256k1_context_create(SECP256K1_CONTEXT_NONE), secp256k1_context_destroy);
    crypto::ChaChaRng random(seed);
    Signed out;
    ByteArray<32> secret{};
    do {
        random.fill(secret);
    } while (secp256k1_ec_seckey_verify(context.get(), secret.data()) != 1);
    random.fill(out.digest);
    secp256k1_ecdsa_recoverable_signature signature;
    EXPECT_EQ(
        secp256k1_ecdsa_sign_recoverable(context.get(), &signature, out.digest.data(), secret.data(), nullptr, nullptr),
        1);
    int id = 0;
    secp256k1_ecdsa_recoverable_signature_serialize_compact(context.get(), out.signature.data(), &id, &signature);
    out.signature[64] = static_cast<std::uint8_t>(id);
    secp256k1_pubkey key;
    EXPECT_EQ(secp256k1_ec_pubkey_create(context.get(), &key, secret.data()), 1);
    std::size_t size = out.key.size();
    secp256k1_ec_pubkey_serialize(context.get(), out.key.data(), &size, &key, SECP256K1_EC_UNCOMPRESSED);
    return out;
}

// s becomes n - s, and the other y: the same signature to whoever accepts both halves.
ByteArray<65> with_other_s(ByteArray<65> signature) {
    int borrow = 0;
    for (std::size_t i = 32; i-- > 0;) {
        const int difference = kOrder[i] - signature[32 + i] - borrow;
        signature[32 + i] = static_cast<std::uint8_t>(difference & 0xff);
        borrow = difference < 0 ? 1 : 0;
    }
    signature[64] ^= 1;
    return signature;
}

RC_GTEST_PROP(Secp256k1Recovery, FindsTheKeyThatSigned, (std::uint64_t seed)) {
    const Signed s = sign(seed);
    RC_ASSERT(secp256k1_recover(s.digest, s.signature) == s.key);
    ByteArray<65> ethereum = s.signature;
    ethereum[64] += 27;
    RC_ASSERT(secp256k1_recover(s.digest, ethereum) == s.key);
    RC_ASSERT(secp256k1_recover(s.digest, with_other_s(s.signature)) == s.key);
    ByteArray<65> other = s.signature;
    other[64] ^= 1;
    RC_ASSERT(secp256k1_recover(s.digest, other) != s.key);
}

TEST(Secp256k1Recovery, TakesFourValuesOfV) {
    const Signed s = sign(1);
    for (int v = 0; v < 256; ++v) {
        ByteArray<65> signature = s.signature;
        signature[64] = static_cast<std::uint8_t>(v);
        const bool known = v == 0 || v == 1 || v == 27 || v == 28;
        EXPECT_EQ(secp256k1_recover(s.digest, signature).has_value(), known) << v;
    }
}

TEST(Secp256k1Recovery, RefusesNumbersOutsideTheGroup) {
    const Signed s = sign(2);
    for (const std::ptrdiff_t offset : {0, 32}) {
        ByteArray<65> signature = s.signature;
        std::ranges::copy(kOrder, signature.begin() + offset);
        EXPECT_FALSE(secp256k1_recover(s.digest, signature)) << offset;
        std::ranges::fill_n(signature.begin() + offset, 32, std::uint8_t{0});
        EXPECT_FALSE(secp256k1_recover(s.digest, signature)) << offset;
        std::ranges::fill_n(signature.begin() + offset, 32, std::uint8_t{0xff});
        EXPECT_FALSE(secp256k1_recover(s.digest, signature)) << offset;
    }
}

}  // namespace
}  // namespace dusk::vm
