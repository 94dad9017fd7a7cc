// Many signatures checked together: spec/crypto.md §9, with random weights.
#pragma once

#include <span>
#include <vector>

#include "base/random.hpp"
#include "crypto/bls_signature.hpp"

namespace dusk::crypto {

// "`signature` signs `message` under `key`." The message is borrowed.
struct BlsClaim {
    BlsPublicKey key;
    BlsSignature signature;
    ByteView message;
};

// One verdict per claim, the same as that of `BlsPublicKey::verify` each; a wrong acceptance has probability 2^-127
// for anyone who cannot foresee `random` (one draw of 16 bytes per claim; none for a single one). Claims that share a
// message or a key cost less. With bad ones among them the rest is found by bisection: at worst not quite twice the
// time of one by one.
[[nodiscard]] std::vector<Result<void, BlsError>> bls_verify_batch(std::span<const BlsClaim> claims,
                                                                   RandomSource& random,
                                                                   BlsVersion version = BlsVersion::v2);

}  // namespace dusk::crypto
