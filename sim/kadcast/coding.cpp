#include "sim/kadcast/coding.hpp"

#include "kadcast/packet.hpp"

namespace dusk::sim {
namespace {

constexpr std::size_t kPrefix = kadcast::kBroadcastPrefixBytes + kadcast::kChunkPrefixBytes;

std::size_t symbol_bytes(const kadcast::FecSettings& settings) {
    const std::size_t mtu = kadcast::effective_mtu(settings.mtu);
    return mtu - mtu % 8;
}

}  // namespace

Coding Coding::kadcast(std::size_t object_bytes, const dusk::kadcast::FecSettings& settings) {
    const std::size_t symbol = symbol_bytes(settings);
    return {.source = (object_bytes + symbol - 1) / symbol,
            .repair = dusk::kadcast::repair_count(object_bytes, settings),
            .datagram_bytes = kPrefix + symbol};
}

Coding Coding::plain(std::size_t object_bytes, const dusk::kadcast::FecSettings& settings) {
    const std::size_t symbol = symbol_bytes(settings);
    const std::size_t pieces = (object_bytes + symbol - 1) / symbol;
    return {.source = pieces, .repair = 0, .datagram_bytes = kPrefix + (object_bytes + pieces - 1) / pieces};
}

}  // namespace dusk::sim
