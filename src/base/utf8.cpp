#include "base/utf8.hpp"

namespace dusk {

bool is_utf8(ByteView bytes) {
    for (std::size_t i = 0; i < bytes.size();) {
        const std::uint8_t first = bytes[i];
        if (first < 0x80) {
            ++i;
            continue;
        }
        std::size_t more = 0;
        // The second byte excludes long forms, surrogates and what is above U+10FFFF.
        std::uint8_t low = 0x80;
        std::uint8_t high = 0xbf;
        if (first >= 0xc2 && first <= 0xdf) {
            more = 1;
        } else if (first >= 0xe0 && first <= 0xef) {
            more = 2;
            if (first == 0xe0) low = 0xa0;
            if (first == 0xed) high = 0x9f;
        } else if (first >= 0xf0 && first <= 0xf4) {
            more = 3;
            if (first == 0xf0) low = 0x90;
            if (first == 0xf4) high = 0x8f;
        } else {
            return false;
        }
        if (bytes.size() - i <= more) return false;
        if (bytes[i + 1] < low || bytes[i + 1] > high) return false;
        for (std::size_t k = 2; k <= more; ++k) {
            if ((bytes[i + k] & 0xc0) != 0x80) return false;
        }
        i += more + 1;
    }
    return true;
}

}  // namespace dusk
