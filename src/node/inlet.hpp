// From the network's thread to the node's loop: decoded messages, in a queue of bounded size for each kind of receiver
// (spec/network.md §7). What finds no room is dropped and counted.
//
// Messages of the chain come before requests, and these before transactions; none keeps the others waiting, since a
// turn of the loop takes some of each. Of each queue those that wait have their turns by who sent them. Messages of the
// chain from strangers, and from peers whose messages were found to be forged, have a queue of their own, of which a
// turn takes few: what is forged may take a millisecond each to find out, and votes of peers are behind it no longer
// than that.
#pragma once

#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>
#include <span>

#include "base/clock.hpp"
#include "node/core_actions.hpp"
#include "node/standing.hpp"

namespace dusk::node {

enum class InletQueue : std::uint8_t { chain, strangers, requests, transactions };
// By the topic of a message and its sender.
[[nodiscard]] InletQueue inlet_queue_of(const ledger::Message& message, Standing sender);

struct InletLimits {
    std::size_t chain = 10'000;    // blocks, candidates, votes, quorums
    std::size_t strangers = 2000;  // the same, of nodes outside the routing table
    std::size_t requests = 1000;   // what others ask for and offer
    std::size_t transactions = 1000;
    // Of strangers a second, and at once after a pause: far more than honest ones send. What is forged takes
    // milliseconds.
    std::uint64_t strangers_per_second = 100;
    std::uint64_t strangers_at_once = 512;
    std::size_t bytes = std::size_t{64} << 20;  // encoded, of each queue
};

class Inlet {
  public:
    // Messages that came one after the other and are to be handled together, in their order; one at least.
    using Handle = std::function<void(std::span<const Received> messages, Standing sender)>;

    // Of the chain, in one turn, from one peer: before it is known what they are, no more of a flood is looked at.
    static constexpr std::size_t kMostOfPeer = 32;
    // How long a peer is doubted, and how many are.
    static constexpr std::chrono::seconds kDoubt{60};
    static constexpr std::size_t kMostDoubted = 1024;

    // `handle` is called by the loop, which outlives this, as does `clock`.
    Inlet(boost::asio::io_context& loop, const Clock& clock, const InletLimits& limits, Handle handle);
    ~Inlet() { close(); }
    Inlet(const Inlet&) = delete;
    Inlet& operator=(const Inlet&) = delete;

    // On any thread. False: there is no room. `bytes`: of the message as it came.
    bool add(Received message, std::size_t bytes, Standing sender = Standing::peer);
    // For a while its messages count as those of a stranger, those that wait here too. False: so it is already, or
    // there are too many.
    bool doubt(const Peer& peer);
    // On the thread of the loop: nothing is handed on any more.
    void close();

  private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace dusk::node
