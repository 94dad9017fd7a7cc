#include "node/network_view.hpp"

#include <utility>

namespace dusk::node {

std::chrono::microseconds unix_offset_of(const Clock& clock) {
    const WallTime begin = clock.wall_time();
    const MonotonicTime start = clock.monotonic_time();
    WallTime wall = begin;
    MonotonicTime at = start;
    while (wall == begin && at - start < std::chrono::milliseconds(2)) {
        wall = clock.wall_time();
        const MonotonicTime before = std::exchange(at, clock.monotonic_time());
        if (at == before) break;  // a clock that stands still
    }
    return std::chrono::duration_cast<std::chrono::microseconds>(wall.time_since_epoch() - at.time_since_epoch());
}

std::string_view topic_name(std::uint8_t topic) {
    switch (topic) {
        case 8:
            return "get_resource";
        case 9:
            return "get_blocks";
        case 10:
            return "transaction";
        case 11:
            return "block";
        case 13:
            return "get_mempool";
        case 14:
            return "inventory";
        case 16:
            return "candidate";
        case 17:
            return "validation";
        case 18:
            return "ratification";
        case 19:
            return "quorum";
        case 20:
            return "validation_quorum";
        default:
            return "unknown";
    }
}

}  // namespace dusk::node
