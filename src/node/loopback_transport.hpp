// Nodes of one machine, joined by TCP on the loopback interface: every node connects to all others it knows of and
// sends on that connection; what it receives comes on the connections of the others. Frames: frame.hpp.
//
// A peer that sends what cannot be read is disconnected, with the reason in the log. A connection that is lost is made
// again. A peer that does not read loses messages, not the node its memory.
#pragma once

#include <boost/asio/io_context.hpp>

#include "base/log.hpp"
#include "base/random.hpp"
#include "node/frame.hpp"
#include "node/transport.hpp"

namespace dusk::node {

struct LoopbackSettings {
    Peer self{};  // on the loopback interface; port 0 takes a free one
    std::vector<Peer> peers{};
    std::uint8_t network = 0;
    ledger::BlockHash genesis{};

    std::size_t most_peers = 256;    // those that are known, and connections from outside
    std::size_t most_queued = 4096;  // frames that wait for one peer
    std::size_t most_queued_bytes = std::size_t{32} << 20;
    std::size_t passed_on_to = 2;               // peers that a broadcast of somebody else is sent on to
    std::chrono::milliseconds first_pause{50};  // before a connection is tried again; doubled up to the longest
    std::chrono::milliseconds longest_pause{1000};
    std::chrono::milliseconds patience{5000};  // for a greeting, for the rest of a frame, and for a peer to come back
};

class LoopbackTransport final : public Transport {
  public:
    // Everything runs on the thread of `context`. Clock and random source outlive it.
    LoopbackTransport(boost::asio::io_context& context, LoopbackSettings settings, const Clock& clock,
                      RandomSource& random, Receiver receiver, Logger logger);
    ~LoopbackTransport() override;

    // Listens and begins to connect. The error is a sentence.
    [[nodiscard]] Result<void, std::string> start();
    // From now on this node connects to the peer as well.
    void add_peer(const Peer& peer);

    [[nodiscard]] Peer self() const override;
    void broadcast(const MessagePtr& message) override;
    void send(const Peer& to, const MessagePtr& message) override;
    void send_to_some(std::size_t count, const MessagePtr& message) override;
    [[nodiscard]] std::vector<Peer> alive_peers() const override;
    [[nodiscard]] TransportCounts counts() const override;
    void stop() override;

  private:
    struct Shared;
    std::shared_ptr<Shared> shared_;
};

// "127.0.0.1:9100", "[::1]:9100": an address, not a name.
[[nodiscard]] std::optional<Peer> parse_peer(std::string_view text);

}  // namespace dusk::node
