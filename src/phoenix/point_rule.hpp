// Which points a decoder lets in (spec/crypto.md §5.3).
#pragma once

#include "crypto/jubjub.hpp"

namespace dusk::phoenix {

enum class PointRule : std::uint8_t {
    strict,  // of the prime-order subgroup; the identity passes. The rule of everything in Phoenix.
    lax,     // any point of the curve: only for blocks from before the strict rule ("legacy")
};

// 32 bytes. Errors: as of the decoders of JubJubAffine.
[[nodiscard]] inline Result<crypto::JubJubAffine, crypto::DecodeError> decode_point(ByteView bytes, PointRule rule) {
    return rule == PointRule::strict ? crypto::JubJubAffine::from_bytes_strict(bytes)
                                     : crypto::JubJubAffine::from_bytes_lax(bytes);
}

}  // namespace dusk::phoenix
