// The thread on which the overlay and the sockets of a node live (kadcast_transport.hpp).
#pragma once

#include <memory>

#include "node/kadcast_transport.hpp"

namespace dusk::node {

class NetworkThread {
  public:
    // The sockets are bound and the identity is made; nothing is received yet. `deliver` is called on this thread.
    // `clock` outlives it.
    [[nodiscard]] static Result<std::unique_ptr<NetworkThread>, std::string> open(const KadcastSettings& settings,
                                                                                  const Clock& clock,
                                                                                  Arrivals::Deliver deliver,
                                                                                  Logger logger);
    NetworkThread(const NetworkThread&) = delete;
    NetworkThread& operator=(const NetworkThread&) = delete;
    ~NetworkThread();

    void start();
    // What waits to be sent is given up.
    void stop();

    // From any thread.
    [[nodiscard]] Peer self() const;
    void broadcast(MessagePtr message);
    void send(const Peer& to, MessagePtr message);
    void send_to_some(std::size_t count, MessagePtr message);
    void set_known_signers(KnownSignersPtr signers);
    [[nodiscard]] std::shared_ptr<const NetworkView> view() const;
    [[nodiscard]] RecentObjects objects_after(std::uint64_t number) const;

  private:
    struct State;
    explicit NetworkThread(std::unique_ptr<State> state);

    std::unique_ptr<State> state_;
};

}  // namespace dusk::node
