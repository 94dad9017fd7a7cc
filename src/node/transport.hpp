// How messages travel between nodes. What a transport carries may be lost, come twice or out of order.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "node/core_actions.hpp"
#include "node/known_signers.hpp"
#include "node/network_view.hpp"
#include "node/object_trace.hpp"
#include "node/standing.hpp"

namespace dusk::node {

// Belongs to one event loop, on whose thread it is called and calls.
class Transport {
  public:
    // Called with messages that could be decoded: in their order, as many as came together. `from` of each is where
    // answers go.
    using Receiver = std::function<void(std::span<const Received> messages, Standing sender)>;

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
    // For a while this peer's messages of the chain are received as those of a stranger: it sent one that is forged.
    // False: so it is already.
    virtual bool doubt(const Peer& peer) = 0;
    // From now on votes and candidates of all others are dropped, and not decoded. Before the first call none is.
    virtual void set_known_signers(KnownSignersPtr signers) = 0;
    // Of a moment ago, as the views below.
    [[nodiscard]] virtual std::vector<Peer> alive_peers() const = 0;
    [[nodiscard]] virtual std::shared_ptr<const NetworkView> view() const = 0;
    // Objects that came and went, with numbers above this one.
    [[nodiscard]] virtual RecentObjects objects_after(std::uint64_t number) const = 0;
    // Sends and receives no more.
    virtual void stop() = 0;
};

}  // namespace dusk::node
