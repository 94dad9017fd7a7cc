#include "base/utf8.hpp"

namespace dusk {

bool is_utf8(ByteView bytes) {
    for (std::size_t i = 0; i < bytes.size();) {
        const std::uint8_t first = bytes[i];
        if (first < 0x80) {
            ++i;
            continue;
        }
        const auto tail = utf8_tail(first);
        if (!tail || bytes.size() - i <= tail->size) return false;
        if (bytes[i + 1] < tail->low || bytes[i + 1] > tail->high) return false;
        for (std::size_t k = 2; k <= tail->size; ++k) {
            if ((bytes[i + k] & 0xc0) != 0x80) return false;
        }
        i += tail->size + 1;
    }
    return true;
}

}  // namespace dusk
