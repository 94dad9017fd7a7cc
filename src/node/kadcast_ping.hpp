// Asks a node of a Kadcast network for a sign of life, from an identity that is made for it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "kadcast/packet.hpp"

namespace dusk::node {

struct PingSettings {
    SocketAddress target{};
    std::uint8_t network = 0;
    std::optional<SocketAddress> listen_address{};  // port 0 takes a free one; nothing: whatever leads to the target
    std::optional<SocketAddress> public_address{};  // behind a NAT
    unsigned count = 4;
    std::chrono::milliseconds interval{300};
    std::chrono::milliseconds patience{1000};  // for each answer
};

struct PingReport {
    SocketAddress own{};        // by which the node was asked to answer
    SocketAddress listening{};  // where the answer was waited for
    unsigned sent = 0;
    std::vector<std::chrono::microseconds> round_trips{};  // of those that were answered
    struct Answer {
        kadcast::Header header{};
        kadcast::Version version{};
        unsigned difficulty = 0;  // bits of work that its nonce has
    };
    std::optional<Answer> answer{};  // the last one
    std::size_t others = 0;          // datagrams that were no answer of this node
};

// Waits for the answers: count times the patience at most. The error is a sentence.
[[nodiscard]] Result<PingReport, std::string> ping_node(const PingSettings& settings, const Clock& clock);

}  // namespace dusk::node
