// From data to points of the prime-order subgroup: spec/crypto.md §5.5. Variable time.
#pragma once

#include <cstdint>

#include "crypto/jubjub.hpp"

namespace dusk::crypto {

// The first of BLAKE2b-256(message ‖ counter LE64), counter = 0, 1, ..., that is the strict encoding of a point other
// than the identity. About 16 attempts.
[[nodiscard]] JubJubAffine hash_to_point(ByteView message);

// A point whose encoding starts with the value as 8 bytes little-endian. Injective; about 16 attempts.
[[nodiscard]] JubJubAffine map_to_point(std::uint64_t value);
// Inverse of `map_to_point`: the first 8 bytes of the encoding of any point.
[[nodiscard]] std::uint64_t unmap_from_point(const JubJubAffine& point);

}  // namespace dusk::crypto
