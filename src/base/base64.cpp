#include "base/base64.hpp"

#include <algorithm>

namespace dusk {
namespace {

constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr char padding = '=';

// Not a table: keys are written in base64, and a table would tell the cache which digits they have.
int digit_value(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    if (c == '+') return 62;
    if (c == '/') return 63;
    return -1;
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
            out.push_back(k <= count ? digits[group >> (18 - 6 * k) & 63] : padding);
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
    for (std::size_t i = 0; i < text.size(); i += 4) {
        const std::size_t count = i + 4 == text.size() ? 4 - pads : 4;
        std::uint32_t group = 0;
        for (std::size_t k = 0; k < count; ++k) {
            const int value = digit_value(text[i + k]);
            if (value < 0) return fail(Base64Error::bad_digit);
            group |= static_cast<std::uint32_t>(value) << (18 - 6 * k);
        }
        for (std::size_t k = 0; k + 1 < count; ++k) out.push_back(static_cast<std::uint8_t>(group >> (16 - 8 * k)));
        if ((group << (8 * (count - 1)) & 0xffffff) != 0 && count < 4) return fail(Base64Error::trailing_bits);
    }
    return out;
}

}  // namespace dusk
