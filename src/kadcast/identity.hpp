// Who a node is in the network: an identifier that its address determines, and a proof of work (spec/network.md §1).
#pragma once

#include <optional>

#include "base/socket_address.hpp"

namespace dusk::kadcast {

// A little-endian number of 128 bits: byte 15 is the most significant one.
struct NodeId {
    static constexpr std::size_t kSize = 16;
    ByteArray<kSize> bytes{};

    friend auto operator<=>(const NodeId&, const NodeId&) = default;
};
using Nonce = ByteArray<4>;

inline constexpr unsigned kAcceptedDifficulty = 8;   // bits of work that every node asks for
inline constexpr unsigned kProducedDifficulty = 20;  // bits of work that a node does for itself

// The first 16 bytes of BLAKE2s-256 over the port (little-endian) and the octets of the IP address.
[[nodiscard]] NodeId id_of(const SocketAddress& address);

// Whether BLAKE2s-256 over id and nonce, read as a big-endian number, is divisible by 2^bits. One hash.
[[nodiscard]] bool meets_difficulty(const NodeId& id, const Nonce& nonce, unsigned bits = kAcceptedDifficulty);
// The first that does, counted from 0 as a little-endian number: 2^bits hashes on average, 0.1 s for 20. Zero where
// none of the 2^32 does.
[[nodiscard]] Nonce find_nonce(const NodeId& id, unsigned bits = kProducedDifficulty);

// The height of the bucket that `b` belongs to in the table of `a`: floor(log2(a xor b)), 0 to 127; nothing where they
// are equal.
[[nodiscard]] std::optional<std::uint8_t> distance(const NodeId& a, const NodeId& b);
// The identifier that differs from `id` in the bit `height` (0 to 127) alone.
[[nodiscard]] NodeId at_distance(const NodeId& id, std::uint8_t height);

// An IPv4 address that a socket for both families reports as IPv6 (::ffff:a.b.c.d) is one of IPv4.
[[nodiscard]] SocketAddress unmapped(const SocketAddress& address);

struct Identity {
    SocketAddress address{};  // by which others reach the node
    NodeId id{};
    Nonce nonce{};
    std::uint8_t network = 0;

    // Does the work.
    [[nodiscard]] static Identity of(const SocketAddress& address, std::uint8_t network,
                                     unsigned bits = kProducedDifficulty);
};

}  // namespace dusk::kadcast
