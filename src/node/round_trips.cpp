#include "node/round_trips.hpp"

#include <algorithm>

#include "kadcast/packet.hpp"

namespace dusk::node {
namespace {

enum PacketType : std::uint8_t { kPing = 0, kPong = 1, kFindNodes = 2, kNodes = 3 };
constexpr std::size_t kPortOffset = 21;

}  // namespace

void RoundTrips::on_sent(const SocketAddress& to, ByteView packet, MonotonicTime now) {
    if (packet.empty() || (packet[0] != kPing && packet[0] != kFindNodes)) return;
    if (trips_.size() >= kMost && !trips_.contains(to)) {
        trips_.erase(std::ranges::min_element(trips_, {}, [](const auto& one) { return one.second.asked; }));
    }
    Trip& trip = trips_[to];
    trip.asked = now;
    trip.is_open = true;
}

void RoundTrips::on_received(const SocketAddress& source, ByteView packet, MonotonicTime now) {
    if (packet.size() < kadcast::kHeaderBytes || (packet[0] != kPong && packet[0] != kNodes)) return;
    const SocketAddress node{.ip = source.ip, .port = load_le<std::uint16_t>(packet.data() + kPortOffset)};
    const auto at = trips_.find(node);
    if (at == trips_.end() || !at->second.is_open) return;
    at->second.is_open = false;
    at->second.last = std::chrono::duration_cast<std::chrono::microseconds>(now - at->second.asked);
}

std::optional<std::chrono::microseconds> RoundTrips::of(const SocketAddress& node) const {
    const auto at = trips_.find(node);
    return at == trips_.end() ? std::nullopt : at->second.last;
}

}  // namespace dusk::node
