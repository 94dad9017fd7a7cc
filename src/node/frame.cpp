#include "node/frame.hpp"

namespace dusk::node {
namespace {

constexpr std::string_view kMagic = "DUSK";
constexpr std::uint8_t kVersion = 1;

}  // namespace

std::string_view to_string(FrameError error) {
    switch (error) {
        case FrameError::too_long:
            return "a frame is longer than any message";
        case FrameError::unknown_kind:
            return "a frame is of no known kind";
        case FrameError::no_hello:
            return "the connection does not begin with one greeting";
        case FrameError::not_dusk:
            return "the greeting is none of this version: another program, or another release, is on that port";
        case FrameError::other_network:
            return "the peer belongs to another network id";
        case FrameError::other_genesis:
            return "the peer's chain begins with another block: another devnet may use these ports";
        case FrameError::unknown_message:
            return "a message cannot be decoded";
    }
    return "";
}

Result<FrameHeader, FrameError> FrameHeader::from_bytes(std::span<const std::uint8_t, kFrameHeaderBytes> bytes) {
    const FrameHeader out{.length = load_le<std::uint32_t>(bytes.data()), .kind = static_cast<FrameKind>(bytes[4])};
    if (out.kind > FrameKind::direct) return fail(FrameError::unknown_kind);
    if (out.length > kMostFrameBytes) return fail(FrameError::too_long);
    return out;
}

Bytes make_frame(FrameKind kind, ByteView content) {
    if (content.size() > kMostFrameBytes) throw std::length_error("a message is longer than a frame");
    Writer out(kFrameHeaderBytes + content.size());
    out.le(static_cast<std::uint32_t>(content.size())).u8(static_cast<std::uint8_t>(kind)).bytes(content);
    return std::move(out).finish();
}

Result<Hello, FrameError> Hello::from_bytes(ByteView bytes) {
    ledger::WireReader in(bytes);
    const bool is_dusk = equal(in.bytes(kMagic.size()), as_bytes(kMagic));
    const bool is_current = in.u8() == kVersion;
    Hello out;
    out.network = in.u8();
    out.genesis = ledger::BlockHash::read(in);
    out.sender = ledger::read_socket_address(in);
    if (!is_dusk || !is_current || !in.ok() || in.position() != bytes.size()) return fail(FrameError::not_dusk);
    return out;
}

Bytes Hello::to_bytes() const {
    Writer out;
    out.bytes(as_bytes(kMagic)).u8(kVersion).u8(network);
    genesis.write(out);
    ledger::write(out, sender);
    return std::move(out).finish();
}

}  // namespace dusk::node
