// Lower-case hexadecimal text.
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace dusk {

enum class HexError : std::uint8_t { odd_length, bad_digit };

[[nodiscard]] std::string to_hex(ByteView bytes);

// Accepts both cases; an even number of digits, nothing else.
[[nodiscard]] Result<Bytes, HexError> from_hex(std::string_view text);

}  // namespace dusk
