// Hash to G1, suite BLS12381G1_XMD:SHA-256_SSWU_RO_ of RFC 9380: spec/crypto.md §4.
#pragma once

#include "base/bytes.hpp"
#include "crypto/g1.hpp"

namespace dusk::crypto {

// expand_message_xmd with SHA-256 (RFC 9380 §5.3.1), 128 bytes. A tag longer than 255 bytes is replaced by
// SHA-256("H2C-OVERSIZE-DST-" ‖ tag).
[[nodiscard]] ByteArray<128> expand_message_128(ByteView message, ByteView domain_separation_tag);

// A point of the subgroup; nobody knows its logarithm.
[[nodiscard]] G1Projective hash_to_g1(ByteView message, ByteView domain_separation_tag);

}  // namespace dusk::crypto
