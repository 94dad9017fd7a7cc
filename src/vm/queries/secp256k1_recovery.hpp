// Public keys from ECDSA signatures on secp256k1: the host query `secp256k1_recover`, as contracts of Ethereum know it.
#pragma once

#include <optional>

#include "base/bytes.hpp"

namespace dusk::vm {

// The key under which r, s is a signature of the digest, uncompressed (SEC 1 §2.3.3: 04, x, y); v says which of the
// two: 0 and 27 the even y of the nonce's point, 1 and 28 the odd one. `s` may be in the upper half. None for another
// v, for r or s that is zero or not below the order of the group, and where no key fits.
[[nodiscard]] std::optional<ByteArray<65>> secp256k1_recover(const ByteArray<32>& digest,
                                                             const ByteArray<65>& signature);

}  // namespace dusk::vm
