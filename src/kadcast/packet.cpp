#include "kadcast/packet.hpp"

#include "base/cases.hpp"
#include "base/reader.hpp"
#include "base/writer.hpp"

namespace dusk::kadcast {
namespace {

enum class Type : std::uint8_t { ping = 0, pong = 1, find_nodes = 2, nodes = 3, broadcast = 10 };

constexpr std::size_t kLeastEntryBytes = 22;  // of IPv4

Header read_header(Reader& in) {
    Header out;
    out.id.bytes = in.array<NodeId::kSize>();
    out.nonce = in.array<4>();
    out.port = in.le<std::uint16_t>();
    out.network = in.u8();
    out.reserved = in.array<2>();
    return out;
}

Version read_version(Reader& in) {
    Version out;
    out.major = in.u8();
    out.minor = in.le<std::uint16_t>();
    out.patch = in.le<std::uint16_t>();
    return out;
}

NodeEntry read_entry(Reader& in) {
    NodeEntry out;
    const std::uint8_t first = in.u8();
    if (first == 0) {
        out.address.ip = in.array<16>();
    } else {
        const auto rest = in.array<3>();
        out.address.ip = ByteArray<4>{first, rest[0], rest[1], rest[2]};
    }
    out.address.port = in.le<std::uint16_t>();
    out.id.bytes = in.array<NodeId::kSize>();
    return out;
}

Nodes read_nodes(Reader& in) {
    Nodes out{.version = read_version(in)};
    const auto count = in.le<std::uint16_t>();
    out.entries.reserve(std::min<std::size_t>(count, in.remaining() / kLeastEntryBytes));
    for (std::uint16_t i = 0; i < count && in.ok(); ++i) out.entries.push_back(read_entry(in));
    return out;
}

Broadcast read_broadcast(Reader& in) {
    Broadcast out{.height = in.u8()};
    const auto length = in.le<std::uint32_t>();
    out.frame = in.bytes(length);
    return out;
}

Writer begin(Type type, const Header& header, std::size_t more) {
    Writer out(kHeaderBytes + more);
    out.u8(static_cast<std::uint8_t>(type)).bytes(header.id.bytes).bytes(header.nonce);
    out.le(header.port).u8(header.network).bytes(header.reserved);
    return out;
}

void write(Writer& out, const Version& version) { out.u8(version.major).le(version.minor).le(version.patch); }

Bytes with_version(Type type, const Header& header, const Version& version) {
    Writer out = begin(type, header, 5);
    write(out, version);
    return std::move(out).finish();
}

void write(Writer& out, const NodeEntry& entry) {
    std::visit(Cases{[&](const ByteArray<4>& four) { out.bytes(four); },
                     [&](const ByteArray<16>& six) { out.u8(0).bytes(six); }},
               entry.address.ip);
    out.le(entry.address.port).bytes(entry.id.bytes);
}

}  // namespace

std::string_view to_string(PacketError error) {
    switch (error) {
        case PacketError::short_packet:
            return "the packet ends before its fields do";
        case PacketError::unknown_type:
            return "no packet of Kadcast has this type";
        case PacketError::too_little_work:
            return "the nonce of the sender does not meet the difficulty";
    }
    return "";
}

Header header_of(const Identity& identity) {
    return {.id = identity.id, .nonce = identity.nonce, .port = identity.address.port, .network = identity.network};
}

bool is_sent_from(const Header& header, const SocketAddress& address) {
    return header.port == address.port && header.id == id_of(address);
}

Result<Packet, PacketError> read_packet(ByteView datagram) {
    Reader in(datagram);
    const auto type = static_cast<Type>(in.u8());
    Packet out{.header = read_header(in)};
    if (!in.ok()) return fail(PacketError::short_packet);
    if (!meets_difficulty(out.header.id, out.header.nonce)) return fail(PacketError::too_little_work);
    switch (type) {
        case Type::ping:
            out.body = Ping{read_version(in)};
            break;
        case Type::pong:
            out.body = Pong{read_version(in)};
            break;
        case Type::find_nodes: {
            const Version version = read_version(in);
            out.body = FindNodes{.version = version, .target = {in.array<NodeId::kSize>()}};
            break;
        }
        case Type::nodes:
            out.body = read_nodes(in);
            break;
        case Type::broadcast:
            out.body = read_broadcast(in);
            break;
        default:
            return fail(PacketError::unknown_type);
    }
    if (!in.ok()) return fail(PacketError::short_packet);
    out.size = in.position();
    return out;
}

Bytes to_bytes(const Header& header, const Ping& ping) { return with_version(Type::ping, header, ping.version); }
Bytes to_bytes(const Header& header, const Pong& pong) { return with_version(Type::pong, header, pong.version); }

Bytes to_bytes(const Header& header, const FindNodes& request) {
    Writer out = begin(Type::find_nodes, header, 5 + NodeId::kSize);
    write(out, request.version);
    out.bytes(request.target.bytes);
    return std::move(out).finish();
}

Bytes to_bytes(const Header& header, const Nodes& nodes) {
    Writer out = begin(Type::nodes, header, 7 + 35 * nodes.entries.size());
    write(out, nodes.version);
    out.count_le<std::uint16_t>(nodes.entries.size());
    for (const NodeEntry& entry : nodes.entries) write(out, entry);
    return std::move(out).finish();
}

Bytes to_bytes(const Header& header, const Broadcast& broadcast) {
    Writer out = begin(Type::broadcast, header, 5 + broadcast.frame.size());
    out.u8(broadcast.height).prefixed_le<std::uint32_t>(broadcast.frame);
    return std::move(out).finish();
}

ByteArray<kBroadcastPrefixBytes> broadcast_prefix(const Header& header, std::uint8_t height,
                                                  std::uint32_t frame_bytes) {
    Writer out = begin(Type::broadcast, header, 5);
    out.u8(height).le(frame_bytes);
    return take<kBroadcastPrefixBytes>(out.view());
}

}  // namespace dusk::kadcast
