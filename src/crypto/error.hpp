// Why bytes from outside are not the value they claim to be, and why a check of values failed.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.hpp"

namespace dusk::crypto {

enum class DecodeError : std::uint8_t {
    bad_length,       // not the size of the type
    not_canonical,    // an integer is not below its modulus
    bad_flags,        // compression, infinity or sign bits contradict each other or the coordinates
    not_on_curve,     // no point has this coordinate, or the coordinates do not satisfy the equation
    not_in_subgroup,  // on the curve, outside the prime-order subgroup
    identity,         // the identity where the type excludes it
    bad_tag,          // an enum tag that does not exist
    bad_text,         // not base58
};

// What is wrong and what to do about it, one sentence.
[[nodiscard]] std::string_view to_string(DecodeError error);

}  // namespace dusk::crypto
