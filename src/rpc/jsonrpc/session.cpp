#include "rpc/jsonrpc/session.hpp"

#include <fmt/core.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket.hpp>

namespace dusk::rpc::jsonrpc {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using SocketError = boost::system::error_code;

struct Session {
    Session(HttpStream stream, asio::ip::address c, Dispatcher& d, const SessionLimits& l, UnsentBytes all)
        : socket(std::move(stream)),
          to_write(socket.get_executor()),
          to_read(socket.get_executor()),
          client(std::move(c)),
          dispatcher(d),
          limits(l),
          all_unsent(std::move(all)) {
        socket.set_option(websocket::stream_base::timeout{.handshake_timeout = limits.socket.handshake,
                                                          .idle_timeout = limits.socket.silence,
                                                          .keep_alive_pings = true});
        socket.read_message_max(limits.socket.message);
    }
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    ~Session() { *all_unsent -= unsent; }

    void put(std::string answer) {
        unsent += answer.size();
        *all_unsent += answer.size();
        answers.push_back(std::move(answer));
        to_write.cancel();
    }
    std::string take() {
        std::string out = std::move(answers.front());
        answers.pop_front();
        unsent -= out.size();
        *all_unsent -= out.size();
        to_read.cancel();
        return out;
    }
    [[nodiscard]] bool may_read() const { return running < limits.calls && unsent <= limits.unsent; }
    void end() {
        is_over = true;
        to_write.cancel();
        to_read.cancel();
    }

    websocket::stream<HttpStream> socket;
    asio::steady_timer to_write;  // wakes who writes
    asio::steady_timer to_read;   // wakes who reads
    asio::ip::address client;
    Dispatcher& dispatcher;
    SessionLimits limits;
    std::unique_ptr<Subscriber> subscriber{};
    std::deque<std::string> answers{};
    std::size_t unsent = 0;
    UnsentBytes all_unsent;
    std::size_t running = 0;
    bool is_over = false;
};
using SessionPtr = std::shared_ptr<Session>;

asio::awaitable<void> wait(asio::steady_timer& timer) {
    SocketError woken;
    timer.expires_at(asio::steady_timer::time_point::max());
    co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, woken));
}

asio::awaitable<void> answer(SessionPtr session, std::string text) {
    std::string out = co_await session->dispatcher.answer(
        std::move(text), {.client = session->client, .subscriber = session->subscriber.get()});
    --session->running;
    if (!out.empty()) session->put(std::move(out));
    // Events of what was subscribed to come after the answer that says so.
    session->subscriber->activate();
    session->to_write.cancel();
    session->to_read.cancel();
}

// Answers to pings and closes come out of reading.
asio::awaitable<void> read(SessionPtr session) {
    beast::flat_buffer buffer;
    SocketError error;
    while (true) {
        co_await session->socket.async_read(buffer, asio::redirect_error(asio::use_awaitable, error));
        if (error || session->is_over) break;
        std::string text = beast::buffers_to_string(buffer.data());
        buffer.clear();
        ++session->running;
        asio::co_spawn(session->socket.get_executor(), answer(session, std::move(text)), asio::detached);
        while (!session->is_over && !session->may_read()) co_await wait(session->to_read);
    }
    session->end();
}

asio::awaitable<void> write(Session& session, const std::string& text) {
    SocketError error;
    co_await session.socket.async_write(asio::buffer(text), asio::redirect_error(asio::use_awaitable, error));
    if (error) session.end();
}

asio::awaitable<void> close(Session& session, std::uint16_t code, std::string reason) {
    SocketError error;
    const websocket::close_reason why(static_cast<websocket::close_code>(code), reason);
    co_await session.socket.async_close(why, asio::redirect_error(asio::use_awaitable, error));
}

asio::awaitable<void> write_all(Session& session) {
    while (!session.is_over) {
        if (*session.all_unsent > session.limits.all_unsent) {
            co_return co_await close(session, websocket::close_code::try_again_later, "too much waits to be sent");
        }
        if (session.subscriber->is_ended()) {
            co_return co_await close(session, websocket::close_code::going_away, "the node stops");
        }
        if (session.subscriber->is_behind()) {
            co_return co_await close(
                session, kTooSlow,
                fmt::format("too slow: events from {} on are lost", session.subscriber->resume_at()));
        }
        if (!session.answers.empty()) {
            const std::string text = session.take();
            co_await write(session, text);
        } else if (const auto event = session.subscriber->take()) {
            co_await write(session, *event);
        } else {
            co_await wait(session.to_write);
        }
    }
}

}  // namespace

asio::awaitable<void> serve_session(HttpStream stream, UpgradeRequest request, asio::ip::address client,
                                    Dispatcher& dispatcher, EventHub& hub, UnsentBytes unsent, std::string version,
                                    SessionLimits limits) {
    stream.next_layer().expires_never();  // the time limits of the WebSocket take over
    const auto session =
        std::make_shared<Session>(std::move(stream), std::move(client), dispatcher, limits, std::move(unsent));
    session->socket.set_option(websocket::stream_base::decorator(
        [version](websocket::response_type& response) { response.set("Rusk-Version", version); }));
    session->socket.text(true);
    SocketError error;
    co_await session->socket.async_accept(request, asio::redirect_error(asio::use_awaitable, error));
    if (error) co_return;
    session->subscriber = hub.connect();
    if (session->subscriber == nullptr) {
        co_await close(*session, websocket::close_code::try_again_later, "too many sessions");
        co_return;
    }
    session->subscriber->set_wake([raw = session.get()] { raw->to_write.cancel(); });
    asio::co_spawn(session->socket.get_executor(), read(session), asio::detached);
    co_await write_all(*session);
    session->end();
    session->subscriber->set_wake({});
    beast::get_lowest_layer(session->socket).close();  // ends the reading
}

}  // namespace dusk::rpc::jsonrpc
