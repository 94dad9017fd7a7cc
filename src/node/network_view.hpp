// What a node sees of its network, for people and interfaces: a copy of the moment.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string_view>

#include "base/clock.hpp"
#include "node/peer.hpp"

namespace dusk::node {

// Of messages with one topic.
struct TopicCounts {
    std::uint64_t received = 0;  // complete and decoded
    std::uint64_t received_bytes = 0;
    std::uint64_t sent = 0;  // messages of this node or passed on, each once, to however many nodes
    std::uint64_t sent_bytes = 0;
    std::uint64_t late_datagrams = 0;  // parts that came when the message was complete
    std::uint64_t dropped = 0;         // complete, but the node had no room for it
    std::uint64_t of_nobody = 0;       // complete, but signed by a key without a stake: not decoded
};

struct TransportCounts {
    std::map<std::uint8_t, TopicCounts> topics{};
    std::uint64_t received = 0;    // messages handed on
    std::uint64_t duplicates = 0;  // datagrams that brought nothing new
    std::uint64_t malformed = 0;   // datagrams and messages that could not be read
    std::uint64_t sent = 0;        // messages
    std::uint64_t dropped = 0;     // messages that were not sent or not handed on: no room

    std::uint64_t datagrams_received = 0, bytes_received = 0;
    std::uint64_t datagrams_sent = 0, bytes_sent = 0;
    std::uint64_t kernel_drops = 0;   // datagrams that came while the kernel's buffer was full
    std::uint64_t send_failures = 0;  // datagrams that the system refused to send
    std::uint64_t pings = 0, pongs = 0, find_nodes = 0, nodes = 0, chunks = 0;  // received
    std::uint64_t wrong_source = 0;   // datagrams whose sender is not who it says
    std::uint64_t wrong_network = 0;  // of another network or version
    std::uint64_t limited = 0;        // above the rate of their source
    std::uint64_t mismatches = 0;     // objects that were not what they were called
    std::uint64_t expired = 0;        // objects that never were complete
    std::size_t assembling = 0;       // objects that are under way now
    std::size_t assembling_bytes = 0;
    std::size_t waiting_bytes = 0;  // that wait to be sent now
};

struct PeerView {
    Peer address{};
    ByteArray<16> id{};
    std::uint8_t height = 0;  // of the bucket it is in
    bool is_alive = false;    // heard lately
    std::chrono::milliseconds silent_for{0};
    std::optional<std::chrono::microseconds> round_trip{};  // of the last ping that was answered
};

struct NetworkView {
    Peer self{};
    Peer listening{};
    ByteArray<16> id{};
    ByteArray<4> nonce{};
    std::uint8_t network = 0;
    std::chrono::microseconds unix_offset{0};  // unix time is monotonic time and this
    std::vector<PeerView> peers{};             // by bucket, in each from least to most recently seen
    TransportCounts counts{};
};

// From monotonic to unix time, better than the milliseconds of the wall clock: its next step is waited for.
[[nodiscard]] std::chrono::microseconds unix_offset_of(const Clock& clock);

// "validation"; of what is none: "unknown".
[[nodiscard]] std::string_view topic_name(std::uint8_t topic);

}  // namespace dusk::node
