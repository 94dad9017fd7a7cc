// PBKDF2 (RFC 8018) with HMAC over SHA-256 or SHA-512. Time grows with `rounds`: 10 000 take a few milliseconds.
#pragma once

#include "base/bytes.hpp"
#include "base/secret.hpp"

namespace dusk::crypto {

[[nodiscard]] SecretArray<32> pbkdf2_sha256(ByteView password, ByteView salt, std::uint32_t rounds);
[[nodiscard]] SecretArray<64> pbkdf2_sha512(ByteView password, ByteView salt, std::uint32_t rounds);

}  // namespace dusk::crypto
