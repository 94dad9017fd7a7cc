// What one datagram carries (spec/network.md §2). Integers are little-endian; bytes behind a complete packet are
// ignored.
#pragma once

#include <string_view>
#include <variant>
#include <vector>

#include "base/result.hpp"
#include "kadcast/identity.hpp"

namespace dusk::kadcast {

inline constexpr std::size_t kHeaderBytes = 26;           // with the byte of the type
inline constexpr std::size_t kBroadcastPrefixBytes = 31;  // what stands before the frame of a broadcast
inline constexpr std::size_t kMostDatagramBytes = 65'507;

enum class PacketError : std::uint8_t {
    short_packet,    // it ends before its fields do
    unknown_type,    // neither of the five
    too_little_work  // the nonce of the header does not meet the difficulty
};
[[nodiscard]] std::string_view to_string(PacketError error);

struct Version {
    std::uint8_t major = 1;
    std::uint16_t minor = 0;
    std::uint16_t patch = 0;

    // By nodes that ask for 1.0.0: the same major version.
    [[nodiscard]] bool is_compatible() const { return major == 1; }
    friend bool operator==(const Version&, const Version&) = default;
};

// The address of the sender is the source IP of the datagram with the port that stands here.
struct Header {
    NodeId id{};
    Nonce nonce{};
    std::uint16_t port = 0;
    std::uint8_t network = 0;
    ByteArray<2> reserved{};  // written as zeros, read and ignored

    friend bool operator==(const Header&, const Header&) = default;
};
[[nodiscard]] Header header_of(const Identity& identity);
// The source rule: whether the identifier is that of the address.
[[nodiscard]] bool is_sent_from(const Header& header, const SocketAddress& address);

struct Ping {
    Version version{};
    friend bool operator==(const Ping&, const Ping&) = default;
};
struct Pong {
    Version version{};
    friend bool operator==(const Pong&, const Pong&) = default;
};
// Who is near the target?
struct FindNodes {
    Version version{};
    NodeId target{};
    friend bool operator==(const FindNodes&, const FindNodes&) = default;
};
// An IPv4 address that begins with 0 cannot be written: it is read as IPv6.
struct NodeEntry {
    SocketAddress address{};
    NodeId id{};  // claimed
    friend bool operator==(const NodeEntry&, const NodeEntry&) = default;
};
struct Nodes {
    Version version{};
    std::vector<NodeEntry> entries{};  // written: at most 65 535
    friend bool operator==(const Nodes&, const Nodes&) = default;
};
// A part of an object (chunk.hpp), for a part of the network.
struct Broadcast {
    std::uint8_t height = 0;
    ByteView frame{};  // in the datagram that was read
};

struct Packet {
    Header header{};
    std::variant<Ping, Pong, FindNodes, Nodes, Broadcast> body{};
    std::size_t size = 0;  // bytes of the datagram that it took; set by reading
};

// One hash for a packet of a known sender or not; the list of nodes is bounded by the datagram. Views point into
// `datagram`.
[[nodiscard]] Result<Packet, PacketError> read_packet(ByteView datagram);

[[nodiscard]] Bytes to_bytes(const Header& header, const Ping& ping);
[[nodiscard]] Bytes to_bytes(const Header& header, const Pong& pong);
[[nodiscard]] Bytes to_bytes(const Header& header, const FindNodes& request);
[[nodiscard]] Bytes to_bytes(const Header& header, const Nodes& nodes);
[[nodiscard]] Bytes to_bytes(const Header& header, const Broadcast& broadcast);
// What stands before the frame of a broadcast, so that frames are sent as they are.
[[nodiscard]] ByteArray<kBroadcastPrefixBytes> broadcast_prefix(const Header& header, std::uint8_t height,
                                                                std::uint32_t frame_bytes);

}  // namespace dusk::kadcast
