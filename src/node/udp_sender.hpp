// Sends what a queue holds, as fast as its pacing and the kernel let it.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>

#include "node/send_queue.hpp"

namespace dusk::node {

// An event loop's view of a socket: tells when it can be read or written. The socket outlives it.
[[nodiscard]] boost::asio::posix::stream_descriptor watch(boost::asio::io_context& context, const UdpSocket& socket);

class UdpSender {
  public:
    struct Counts {
        std::uint64_t datagrams = 0;
        std::uint64_t bytes = 0;
        std::uint64_t failures = 0;  // datagrams that the system refused
    };

    // A datagram goes by the socket of its family: `four` or `six`, of which one may be missing (null). They, `context`
    // and `clock` outlive the sender; all of it on the thread of the context.
    UdpSender(boost::asio::io_context& context, const UdpSocket* four, const UdpSocket* six, SendQueue queue,
              const Clock& clock);

    [[nodiscard]] SendQueue& queue() { return queue_; }
    [[nodiscard]] const Counts& counts() const { return counts_; }
    // Called when something was put into the queue.
    void flush();
    void stop();

  private:
    [[nodiscard]] SendPause send_some();
    void go_on_when_ready(bool is_ipv4);
    void go_on_at(MonotonicTime time);

    const UdpSocket* four_;
    const UdpSocket* six_;
    boost::asio::posix::stream_descriptor four_ready_;
    boost::asio::posix::stream_descriptor six_ready_;
    boost::asio::steady_timer timer_;
    SendQueue queue_;
    const Clock& clock_;
    Counts counts_{};
    bool blocked_ = false;  // the kernel takes no more; it goes on by itself
    bool stopped_ = false;
};

}  // namespace dusk::node
