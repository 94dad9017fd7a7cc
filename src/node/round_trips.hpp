// How long nodes take to answer, measured on the packets that go and come anyway.
#pragma once

#include <map>
#include <optional>

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/socket_address.hpp"

namespace dusk::node {

// At most kMost nodes; those that were not asked for the longest time go.
class RoundTrips {
  public:
    // Any packet: questions are those of the types Ping and FindNodes, answers Pong and Nodes.
    void on_sent(const SocketAddress& to, ByteView packet, MonotonicTime now);
    // `source`: where the datagram came from. The node's address is that with the port of the header.
    void on_received(const SocketAddress& source, ByteView packet, MonotonicTime now);

    // Of the last question that was answered.
    [[nodiscard]] std::optional<std::chrono::microseconds> of(const SocketAddress& node) const;

    static constexpr std::size_t kMost = 4096;

  private:
    struct Trip {
        MonotonicTime asked{};
        bool is_open = false;
        std::optional<std::chrono::microseconds> last{};
    };
    std::map<SocketAddress, Trip> trips_;
};

}  // namespace dusk::node
