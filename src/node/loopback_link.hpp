// The connection by which a node sends to one peer: made again whenever it is lost.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <memory>

#include "base/log.hpp"
#include "node/loopback_transport.hpp"

namespace dusk::node {

// Header and content, shared by all peers that it goes to.
using FramePtr = std::shared_ptr<const Bytes>;

[[nodiscard]] boost::asio::ip::tcp::endpoint endpoint_of(const Peer& peer);
[[nodiscard]] Peer peer_of(const boost::asio::ip::tcp::endpoint& endpoint);

class LoopbackLink : public std::enable_shared_from_this<LoopbackLink> {
  public:
    // `settings` outlives the link; `hello`: the frame that every connection begins with.
    LoopbackLink(boost::asio::io_context& context, const LoopbackSettings& settings, Peer peer, FramePtr hello,
                 const Clock& clock, Logger logger);

    // Connects, and keeps connecting until `stop`.
    void start();
    void stop();
    // False where the frame finds no room: the peer does not read, or is away. Frames for a peer that is away are kept
    // for `patience`.
    bool enqueue(FramePtr frame);

    [[nodiscard]] const Peer& peer() const { return peer_; }
    [[nodiscard]] bool is_connected() const { return connected_; }
    [[nodiscard]] std::uint64_t sent() const { return sent_; }

  private:
    struct Waiting {
        FramePtr frame;
        MonotonicTime since;
    };
    boost::asio::awaitable<void> run();
    boost::asio::awaitable<void> serve();
    boost::asio::awaitable<void> watch();
    boost::asio::awaitable<bool> write_next();
    void drop_stale();
    void pop();

    const LoopbackSettings& settings_;
    Peer peer_;
    FramePtr hello_;
    const Clock& clock_;
    Logger logger_;
    boost::asio::ip::tcp::socket socket_;
    boost::asio::steady_timer wake_;
    std::deque<Waiting> queue_;
    std::size_t queued_bytes_ = 0;
    std::uint64_t sent_ = 0;
    bool connected_ = false;
    bool stopping_ = false;
};

}  // namespace dusk::node
