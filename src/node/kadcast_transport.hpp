// Kadcast as the transport of a node: spec/network.md. The overlay and its sockets live on a thread of their own, where
// messages are also decoded and encoded; the node's loop gets what is decoded already.
//
// A flood costs neither memory nor, beyond its share, the time of the threads: see kadcast/overlay.hpp for datagrams,
// arrivals.hpp and inlet.hpp for messages, send_queue.hpp for what is sent.
#pragma once

#include <boost/asio/io_context.hpp>

#include "base/log.hpp"
#include "node/arrivals.hpp"
#include "node/inlet.hpp"
#include "node/send_queue.hpp"
#include "node/transport.hpp"

namespace dusk::node {

struct KadcastSettings {
    Peer public_address{};                 // that others reach the node by; port 0: that of the socket
    std::optional<Peer> listen_address{};  // bound in its place, behind a NAT; port 0 takes a free one
    std::vector<std::string> bootstrap{};  // names or addresses, each with a port
    std::uint8_t network = 0;
    kadcast::OverlaySettings overlay{};
    PacingSettings pacing{};
    InletLimits inlet{};
    ArrivalLimits arrivals{};
    std::size_t receive_buffer = 5'000'000;  // bytes asked of the kernel
    std::size_t send_buffer = 2'000'000;
    std::size_t most_commands = 20'000;    // messages that wait for the network's thread; more are dropped
    std::chrono::seconds names_after{15};  // names are looked up again while there are too few peers
    unsigned difficulty = kadcast::kProducedDifficulty;
};

class NetworkThread;

class KadcastTransport final : public Transport {
  public:
    // `loop` and `clock` outlive the transport.
    KadcastTransport(boost::asio::io_context& loop, KadcastSettings settings, const Clock& clock, Receiver receiver,
                     Logger logger);
    ~KadcastTransport() override;

    // Binds the sockets, does the work of the identity (about 0.1 s) and joins the network. The error is a sentence.
    [[nodiscard]] Result<void, std::string> start();

    [[nodiscard]] Peer self() const override;
    void broadcast(const MessagePtr& message) override;
    void send(const Peer& to, const MessagePtr& message) override;
    void send_to_some(std::size_t count, const MessagePtr& message) override;
    bool doubt(const Peer& peer) override { return inlet_.doubt(peer); }
    void set_known_signers(KnownSignersPtr signers) override;
    [[nodiscard]] std::vector<Peer> alive_peers() const override;
    [[nodiscard]] std::shared_ptr<const NetworkView> view() const override;
    [[nodiscard]] RecentObjects objects_after(std::uint64_t number) const override;
    void stop() override;

  private:
    KadcastSettings settings_;
    const Clock& clock_;
    Logger logger_;
    Inlet inlet_;
    std::unique_ptr<NetworkThread> thread_;  // none before the start
    std::shared_ptr<const NetworkView> nothing_ = std::make_shared<const NetworkView>();
};

}  // namespace dusk::node
