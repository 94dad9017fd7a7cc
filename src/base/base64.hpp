// Base64 text: standard alphabet, padding required (RFC 4648 §4; spec/crypto.md §16.2).
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace dusk {

enum class Base64Error : std::uint8_t {
    bad_length,     // not a multiple of four characters
    bad_digit,      // not in the alphabet, or padding before the end
    trailing_bits,  // the last digit says more than the last byte can hold
};

// What is wrong, one sentence.
[[nodiscard]] std::string_view to_string(Base64Error error);

// The time of both depends on the length and the validity of the text only.
[[nodiscard]] std::string to_base64(ByteView bytes);

// Accepts exactly what `to_base64` writes. The result has at most three quarters of the size of the text.
[[nodiscard]] Result<Bytes, Base64Error> from_base64(std::string_view text);

}  // namespace dusk
