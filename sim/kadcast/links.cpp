#include "sim/kadcast/links.hpp"

#include <cmath>

namespace dusk::sim {

Links::Links(std::size_t nodes, std::uint64_t seed, const LinkSettings& settings)
    : settings_(settings), draws_(seed, "links"), places_(nodes) {
    Draws draws(seed, "places");
    for (auto& place : places_) {
        place.x = draws.unit();
        place.y = draws.unit();
        place.access = draws.waiting(settings_.access);
    }
}

std::chrono::nanoseconds Links::delay(VirtualNode from, VirtualNode to) {
    const Place& a = places_[from];
    const Place& b = places_[to];
    const double way = std::hypot(a.x - b.x, a.y - b.y) * static_cast<double>(settings_.across.count());
    return std::chrono::nanoseconds(static_cast<std::int64_t>(way)) + a.access + b.access +
           draws_.waiting(settings_.jitter);
}

unsigned Links::draw_repetitions(std::size_t datagrams) {
    unsigned rounds = 0;
    for (std::size_t missing = datagrams;; ++rounds) {
        std::size_t lost = 0;
        for (std::size_t i = 0; i < missing; ++i) lost += is_lost() ? 1 : 0;
        if (lost == 0) return rounds;
        missing = lost;
    }
}

std::size_t Links::with_repetitions(std::size_t datagrams) const {
    return static_cast<std::size_t>(static_cast<double>(datagrams) / (1 - settings_.loss));
}

std::chrono::nanoseconds Links::time_of(std::size_t datagram_bytes) const {
    const double bits = static_cast<double>(8 * (datagram_bytes + kUdpOverhead));
    return std::chrono::nanoseconds(static_cast<std::int64_t>(bits / settings_.uplink * 1e9));
}

MonotonicTime Links::occupy(VirtualNode node, std::size_t datagrams, std::size_t datagram_bytes, MonotonicTime now) {
    Place& place = places_[node];
    const MonotonicTime begin = std::max(now, place.free);
    place.free = begin + time_of(datagram_bytes) * static_cast<std::int64_t>(datagrams);
    return begin;
}

}  // namespace dusk::sim
