// Base58 text with the Bitcoin alphabet, without checksum or version byte (spec/crypto.md §16.1).
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace dusk {

enum class Base58Error : std::uint8_t { bad_digit, too_long };

// What is wrong, one sentence.
[[nodiscard]] std::string_view to_string(Base58Error error);

// Every leading zero byte becomes a leading '1'. Time grows with the square of the size.
[[nodiscard]] std::string to_base58(ByteView bytes);

// The empty text is the empty byte string; nothing is trimmed. Time grows with the square of the length of the
// text, so a text that cannot hold at most `max_bytes` bytes is `too_long` before any arithmetic.
[[nodiscard]] Result<Bytes, Base58Error> from_base58(std::string_view text, std::size_t max_bytes);

}  // namespace dusk
