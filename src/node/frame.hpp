// What stands on a TCP connection between two nodes of one machine:
//
//     frame    length u32 LE (of the content) || kind u8 || content
//     hello    "DUSK" || version u8 (1) || network id u8 || hash of the genesis block (32) || address that answers go
//     to others   a message as on any transport (spec/consensus.md §3.6)
//
// The side that connects says hello first and then sends; nothing comes back on its connection.
#pragma once

#include "base/result.hpp"
#include "ledger/block_names.hpp"
#include "node/peer.hpp"

namespace dusk::node {

enum class FrameKind : std::uint8_t {
    hello,
    broadcast,  // for everybody: may come from several peers
    direct,     // for the receiver
};

inline constexpr std::size_t kFrameHeaderBytes = 5;
// A transaction of 2 MiB, a block of 1 MiB, and more than an inventory of 10 000 items.
inline constexpr std::size_t kMostFrameBytes = std::size_t{4} << 20;

enum class FrameError : std::uint8_t {
    too_long,         // beyond 4 MiB
    unknown_kind,     // neither hello nor message
    no_hello,         // something else comes first, or hello a second time
    not_dusk,         // other bytes than a hello of this version
    other_network,    // another network id
    other_genesis,    // another first block
    unknown_message,  // the message cannot be decoded
};
// What is wrong and what may be the reason, one sentence.
[[nodiscard]] std::string_view to_string(FrameError error);

struct FrameHeader {
    std::uint32_t length = 0;  // at most kMostFrameBytes
    FrameKind kind{};

    // Errors: too_long, unknown_kind.
    [[nodiscard]] static Result<FrameHeader, FrameError> from_bytes(
        std::span<const std::uint8_t, kFrameHeaderBytes> bytes);
};

// Header and content. More than kMostFrameBytes: std::length_error.
[[nodiscard]] Bytes make_frame(FrameKind kind, ByteView content);

struct Hello {
    std::uint8_t network = 0;
    ledger::BlockHash genesis{};
    Peer sender{};

    // Errors: not_dusk.
    [[nodiscard]] static Result<Hello, FrameError> from_bytes(ByteView bytes);
    [[nodiscard]] Bytes to_bytes() const;
    friend bool operator==(const Hello&, const Hello&) = default;
};

}  // namespace dusk::node
