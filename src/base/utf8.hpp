// Whether bytes are text.
#pragma once

#include <optional>

#include "base/bytes.hpp"

namespace dusk {

// UTF-8 of Unicode scalar values in shortest form: no surrogates, nothing above U+10FFFF.
[[nodiscard]] bool is_utf8(ByteView bytes);

// What follows the first byte of a character: so many bytes, the first of them from `low` to `high`, which excludes
// long forms, surrogates and what is above U+10FFFF, the others from 0x80 to 0xbf.
struct Utf8Tail {
    std::size_t size = 0;
    std::uint8_t low = 0x80;
    std::uint8_t high = 0xbf;
};
// Nothing where no character of several bytes begins with it.
[[nodiscard]] constexpr std::optional<Utf8Tail> utf8_tail(std::uint8_t first) {
    if (first >= 0xc2 && first <= 0xdf) return Utf8Tail{.size = 1};
    if (first == 0xe0) return Utf8Tail{.size = 2, .low = 0xa0};
    if (first == 0xed) return Utf8Tail{.size = 2, .high = 0x9f};
    if (first >= 0xe1 && first <= 0xef) return Utf8Tail{.size = 2};
    if (first == 0xf0) return Utf8Tail{.size = 3, .low = 0x90};
    if (first == 0xf4) return Utf8Tail{.size = 3, .high = 0x8f};
    if (first >= 0xf1 && first <= 0xf3) return Utf8Tail{.size = 3};
    return {};
}

}  // namespace dusk
