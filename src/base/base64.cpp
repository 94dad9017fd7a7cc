#include "base/base64.hpp"

#include <algorithm>

#include "base/declassify.hpp"
#include "base/secret.hpp"

namespace dusk {
namespace {

constexpr char padding = '=';

// Keys are written in base64, so neither direction branches on a digit or looks one up in a table: that would tell the
// cache which digits a key has.

// -1 when first <= x <= last, else 0. All are below 256.
int in_range(int x, int first, int last) {
    int mask = ~((x - first) | (last - x)) >> 31;
    asm("" : "+r"(mask));  // or else the compiler may branch on it
    return mask;
}

// Of 0 to 63.
char digit(int value) {
    return static_cast<char>((in_range(value, 0, 25) & (value + 'A')) | (in_range(value, 26, 51) & (value - 26 + 'a')) |
                             (in_range(value, 52, 61) & (value - 52 + '0')) | (in_range(value, 62, 62) & '+') |
                             (in_range(value, 63, 63) & '/'));
}

// 0 to 63, or -1 of anything that is no digit.
int digit_value(char digit) {
    const int c = static_cast<unsigned char>(digit);
    const int upper = in_range(c, 'A', 'Z');
    const int lower = in_range(c, 'a', 'z');
    const int decimal = in_range(c, '0', '9');
    const int plus = in_range(c, '+', '+');
    const int slash = in_range(c, '/', '/');
    return (upper & (c - 'A')) | (lower & (c - 'a' + 26)) | (decimal & (c - '0' + 52)) | (plus & 62) | (slash & 63) |
           ~(upper | lower | decimal | plus | slash);
}

}  // namespace

std::string_view to_string(Base64Error error) {
    switch (error) {
        case Base64Error::bad_length:
            return "the length of the base64 text is not a multiple of four";
        case Base64Error::bad_digit:
            return "a character is not in the base64 alphabet";
        case Base64Error::trailing_bits:
            return "the last base64 digit holds bits beyond the last byte";
    }
    return "unknown error";
}

std::string to_base64(ByteView bytes) {
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
        std::uint32_t group = 0;
        for (std::size_t k = 0; k < count; ++k) group |= std::uint32_t{bytes[i + k]} << (16 - 8 * k);
        for (std::size_t k = 0; k < 4; ++k) {
            out.push_back(k <= count ? digit(static_cast<int>(group >> (18 - 6 * k) & 63)) : padding);
        }
    }
    return out;
}

Result<Bytes, Base64Error> from_base64(std::string_view text) {
    if (text.size() % 4 != 0) return fail(Base64Error::bad_length);
    std::size_t pads = 0;
    while (pads < 2 && pads < text.size() && text[text.size() - 1 - pads] == padding) ++pads;
    Bytes out;
    out.reserve(text.size() / 4 * 3);
    int values = 0;  // all of them, negative when one is
    std::uint32_t trailing = 0;
    for (std::size_t i = 0; i < text.size(); i += 4) {
        const std::size_t count = i + 4 == text.size() ? 4 - pads : 4;
        std::uint32_t group = 0;
        for (std::size_t k = 0; k < count; ++k) {
            const int value = digit_value(text[i + k]);
            values |= value;
            group |= static_cast<std::uint32_t>(value & 63) << (18 - 6 * k);
        }
        for (std::size_t k = 0; k + 1 < count; ++k) out.push_back(static_cast<std::uint8_t>(group >> (16 - 8 * k)));
        if (count < 4) trailing = group << (8 * (count - 1)) & 0xffffff;
    }
    const bool bad_digit = values < 0;
    const bool trailing_bits = trailing != 0;
    declassify(bad_digit);
    declassify(trailing_bits);
    if (bad_digit || trailing_bits) {
        wipe(out);
        return fail(bad_digit ? Base64Error::bad_digit : Base64Error::trailing_bits);
    }
    return out;
}

}  // namespace dusk
