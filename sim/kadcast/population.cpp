#include "sim/kadcast/population.hpp"

#include "sim/draws.hpp"

namespace dusk::sim {
namespace {

constexpr std::uint32_t kAddressBits = (std::uint32_t{1} << 24) - 1;
constexpr std::uint16_t kPort = 9000;

// Of an odd number modulo 2^24: each step doubles the bits that are right.
std::uint32_t inverse_of(std::uint32_t odd) {
    std::uint32_t inverse = odd;
    for (int step = 0; step < 5; ++step) inverse *= 2 - odd * inverse;
    return inverse & kAddressBits;
}

SocketAddress address_of(std::uint32_t place) {
    return {.ip = ByteArray<4>{10, static_cast<std::uint8_t>(place >> 16), static_cast<std::uint8_t>(place >> 8),
                               static_cast<std::uint8_t>(place)},
            .port = kPort};
}

}  // namespace

Population::Population(std::size_t nodes, std::uint64_t seed)
    : factor_(static_cast<std::uint32_t>(scramble(seed) & kAddressBits) | 1), inverse_(inverse_of(factor_)) {
    identities_.reserve(nodes);
    for (std::size_t i = 0; i < nodes; ++i) {
        const std::uint32_t place = static_cast<std::uint32_t>(i) * factor_ & kAddressBits;
        identities_.push_back(kadcast::Identity::of(address_of(place), 0, kadcast::kAcceptedDifficulty));
    }
}

VirtualNode Population::node_at(const SocketAddress& address) const {
    const auto& ip = std::get<ByteArray<4>>(address.ip);
    const std::uint32_t place =
        static_cast<std::uint32_t>(ip[1]) << 16 | static_cast<std::uint32_t>(ip[2]) << 8 | std::uint32_t{ip[3]};
    return place * inverse_ & kAddressBits;
}

}  // namespace dusk::sim
