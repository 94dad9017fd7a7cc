#include "rpc/websocket_session.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket.hpp>

namespace dusk::rpc {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using Error = boost::system::error_code;

constexpr const char* kEnd = "Shutting down";

struct Session {
    Session(HttpStream stream, const WebSocketLimits& limits) : socket(std::move(stream)), wake(socket.get_executor()) {
        socket.set_option(websocket::stream_base::timeout{
            .handshake_timeout = limits.handshake, .idle_timeout = limits.silence, .keep_alive_pings = true});
        socket.read_message_max(limits.message);
        wake.expires_at(asio::steady_timer::time_point::max());
    }

    websocket::stream<HttpStream> socket;
    asio::steady_timer wake;
    bool is_over = false;
};

// Answers to pings and closes come out of reading.
asio::awaitable<void> read(std::shared_ptr<Session> session) {
    beast::flat_buffer buffer;
    Error error;
    while (!error) {
        co_await session->socket.async_read(buffer, asio::redirect_error(asio::use_awaitable, error));
        buffer.clear();
    }
    session->is_over = true;
    session->wake.cancel();
}

asio::awaitable<void> write(Session& session, ByteView bytes, bool is_text) {
    Error error;
    session.socket.text(is_text);
    co_await session.socket.async_write(asio::buffer(bytes.data(), bytes.size()),
                                        asio::redirect_error(asio::use_awaitable, error));
    if (error) session.is_over = true;
}

asio::awaitable<void> close(Session& session, websocket::close_code code, const char* reason) {
    Error error;
    co_await session.socket.async_close({code, reason}, asio::redirect_error(asio::use_awaitable, error));
}

asio::awaitable<void> send_all(Session& session, Listener& listener) {
    co_await write(session, as_bytes(listener.session()), true);
    while (!session.is_over) {
        if (const FramePtr frame = listener.take()) {
            co_await write(session, frame->bytes(), false);
        } else if (listener.is_cut_off()) {
            co_await close(session, websocket::close_code::going_away, kEnd);
            co_return;
        } else {
            Error woken;
            session.wake.expires_at(asio::steady_timer::time_point::max());
            co_await session.wake.async_wait(asio::redirect_error(asio::use_awaitable, woken));
        }
    }
}

}  // namespace

asio::awaitable<void> serve_events(HttpStream stream, UpgradeRequest request, EventStream& events, std::string version,
                                   WebSocketLimits limits) {
    stream.next_layer().expires_never();  // the time limits of the WebSocket take over
    const auto session = std::make_shared<Session>(std::move(stream), limits);
    session->socket.set_option(websocket::stream_base::decorator(
        [version](websocket::response_type& response) { response.set("Rusk-Version", version); }));
    Error error;
    co_await session->socket.async_accept(request, asio::redirect_error(asio::use_awaitable, error));
    if (error) co_return;
    const auto listener = events.open();
    if (listener == nullptr) {
        co_await close(*session, websocket::close_code::try_again_later, "too many listeners");
        co_return;
    }
    listener->set_wake([&session] { session->wake.cancel(); });
    asio::co_spawn(session->socket.get_executor(), read(session), asio::detached);
    co_await send_all(*session, *listener);
    listener->set_wake({});
    events.close(*listener);
    beast::get_lowest_layer(session->socket).close();  // ends the reading
}

}  // namespace dusk::rpc
