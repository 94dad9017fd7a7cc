// HMAC-SHA-256 (RFC 2104) and HKDF-SHA-256 (RFC 5869).
#pragma once

#include "base/bytes.hpp"
#include "base/secret.hpp"

namespace dusk::crypto {

[[nodiscard]] SecretArray<32> hmac_sha256(ByteView key, ByteView message);

// The pseudorandom key of HKDF-Extract.
[[nodiscard]] SecretArray<32> hkdf_extract(ByteView salt, ByteView input_key);

// HKDF-Expand fills all of `out`, at most 255 · 32 = 8160 bytes.
void hkdf_expand(const SecretArray<32>& pseudorandom_key, ByteView info, MutableByteView out);

}  // namespace dusk::crypto
