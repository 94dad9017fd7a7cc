// How messages travel between nodes. Loopback TCP (loopback_transport.hpp) joins the processes of a devnet; Kadcast
// takes its place on a real network. What a transport carries may be lost, come twice or out of order.
#pragma once

#include <functional>
#include <vector>

#include "node/core_actions.hpp"

namespace dusk::node {

struct TransportCounts {
    std::uint64_t received = 0;    // messages handed on
    std::uint64_t duplicates = 0;  // dropped, seen before
    std::uint64_t malformed = 0;   // what could not be read; each cost a peer its connection
    std::uint64_t sent = 0;        // to single peers
    std::uint64_t dropped = 0;     // not sent: the peer does not keep up, or is not there
};

// Belongs to one event loop, on whose thread everything happens.
class Transport {
  public:
    // `from`: where answers go. Called for each message that could be decoded.
    using Receiver = std::function<void(const Peer& from, const MessagePtr& message)>;

    Transport() = default;
    Transport(const Transport&) = delete;
    Transport& operator=(const Transport&) = delete;
    virtual ~Transport() = default;

    // What others reach this node by.
    [[nodiscard]] virtual Peer self() const = 0;
    // To every node. A message that came in by broadcast is passed on to some; one that was sent lately is not sent
    // again.
    virtual void broadcast(const MessagePtr& message) = 0;
    virtual void send(const Peer& to, const MessagePtr& message) = 0;
    // To `count` of the peers that are alive, drawn at random.
    virtual void send_to_some(std::size_t count, const MessagePtr& message) = 0;
    [[nodiscard]] virtual std::vector<Peer> alive_peers() const = 0;
    [[nodiscard]] virtual TransportCounts counts() const = 0;
    // Sends and receives no more.
    virtual void stop() = 0;
};

}  // namespace dusk::node
