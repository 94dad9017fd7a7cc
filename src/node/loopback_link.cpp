#include "node/loopback_link.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

namespace dusk::node {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Error = boost::system::error_code;

}  // namespace

tcp::endpoint endpoint_of(const Peer& peer) {
    if (const auto* v4 = std::get_if<ByteArray<4>>(&peer.ip)) return {asio::ip::address_v4(*v4), peer.port};
    return {asio::ip::address_v6(std::get<ByteArray<16>>(peer.ip)), peer.port};
}

Peer peer_of(const tcp::endpoint& endpoint) {
    Peer out{.port = endpoint.port()};
    if (endpoint.address().is_v4()) {
        out.ip = endpoint.address().to_v4().to_bytes();
    } else {
        out.ip = endpoint.address().to_v6().to_bytes();
    }
    return out;
}

LoopbackLink::LoopbackLink(asio::io_context& context, const LoopbackSettings& settings, Peer peer, FramePtr hello,
                           const Clock& clock, Logger logger)
    : settings_(settings),
      peer_(std::move(peer)),
      hello_(std::move(hello)),
      clock_(clock),
      logger_(std::move(logger)),
      socket_(context),
      wake_(context) {}

void LoopbackLink::start() {
    asio::co_spawn(socket_.get_executor(), [self = shared_from_this()] { return self->run(); }, asio::detached);
}

void LoopbackLink::stop() {
    stopping_ = true;
    Error ignored;
    socket_.close(ignored);
    wake_.cancel();
}

bool LoopbackLink::enqueue(FramePtr frame) {
    if (stopping_) return false;
    if (!connected_) drop_stale();
    if (queue_.size() >= settings_.most_queued || queued_bytes_ + frame->size() > settings_.most_queued_bytes) {
        return false;
    }
    queued_bytes_ += frame->size();
    queue_.push_back({std::move(frame), clock_.monotonic_time()});
    wake_.cancel();
    return true;
}

void LoopbackLink::pop() {
    queued_bytes_ -= queue_.front().frame->size();
    queue_.pop_front();
}

void LoopbackLink::drop_stale() {
    const MonotonicTime oldest = clock_.monotonic_time() - settings_.patience;
    while (!queue_.empty() && queue_.front().since < oldest) pop();
}

asio::awaitable<void> LoopbackLink::run() {
    auto pause = settings_.first_pause;
    while (!stopping_) {
        Error error;
        socket_ = tcp::socket(socket_.get_executor());
        co_await socket_.async_connect(endpoint_of(peer_), asio::redirect_error(asio::use_awaitable, error));
        if (!error && !stopping_) {
            pause = settings_.first_pause;
            co_await serve();
        }
        if (stopping_) co_return;
        wake_.expires_after(pause);
        pause = std::min(2 * pause, settings_.longest_pause);
        // A frame that comes in meanwhile wakes the timer, and is no reason to try sooner.
        const auto until = wake_.expiry();
        while (!stopping_ && std::chrono::steady_clock::now() < until) {
            wake_.expires_at(until);
            co_await wake_.async_wait(asio::redirect_error(asio::use_awaitable, error));
        }
    }
}

asio::awaitable<void> LoopbackLink::serve() {
    Error error;
    socket_.set_option(tcp::no_delay(true), error);
    co_await asio::async_write(socket_, asio::buffer(*hello_), asio::redirect_error(asio::use_awaitable, error));
    if (error) co_return;
    drop_stale();
    connected_ = true;
    logger_.debug("connected", {{"peer", peer_.to_text()}});
    asio::co_spawn(socket_.get_executor(), [self = shared_from_this()] { return self->watch(); }, asio::detached);
    while (!stopping_ && socket_.is_open() && co_await write_next()) {
    }
    connected_ = false;
    logger_.debug("disconnected", {{"peer", peer_.to_text()}});
    socket_.close(error);
}

// One frame, or a wait for one; false when the connection is over.
asio::awaitable<bool> LoopbackLink::write_next() {
    Error error;
    if (queue_.empty()) {
        wake_.expires_at(asio::steady_timer::time_point::max());
        co_await wake_.async_wait(asio::redirect_error(asio::use_awaitable, error));
        co_return !stopping_;
    }
    const FramePtr frame = queue_.front().frame;
    pop();
    co_await asio::async_write(socket_, asio::buffer(*frame), asio::redirect_error(asio::use_awaitable, error));
    if (!error) ++sent_;
    co_return !error;
}

// The peer never answers on this connection: a read ends when it closes.
asio::awaitable<void> LoopbackLink::watch() {
    Error error;
    std::uint8_t byte = 0;
    co_await socket_.async_read_some(asio::buffer(&byte, 1), asio::redirect_error(asio::use_awaitable, error));
    if (error == asio::error::operation_aborted) co_return;
    socket_.close(error);
    wake_.cancel();
}

}  // namespace dusk::node
