// A connection of a client, in the clear or over TLS: an asynchronous stream of bytes as Asio and Beast know them,
// whose lowest layer is the socket with its time limits.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <memory>
#include <variant>

namespace dusk::rpc {

using TlsContext = std::shared_ptr<boost::asio::ssl::context>;

class HttpStream {
    // What an operation returns to whoever passes such a token.
    template <class Token>
    using Done = typename boost::asio::async_result<std::decay_t<Token>,
                                                    void(boost::system::error_code, std::size_t)>::return_type;

  public:
    using Plain = boost::beast::tcp_stream;
    using Secure = boost::beast::ssl_stream<boost::beast::tcp_stream>;
    using executor_type = Plain::executor_type;
    using next_layer_type = Plain;  // for boost::beast::get_lowest_layer

    explicit HttpStream(Plain socket) : stream_(std::move(socket)) {}
    HttpStream(Plain socket, TlsContext tls)
        : tls_(std::move(tls)), stream_(std::in_place_type<Secure>, std::move(socket), *tls_) {}

    [[nodiscard]] bool is_secure() const { return std::holds_alternative<Secure>(stream_); }
    // Of one that is secure, before anything else.
    [[nodiscard]] boost::asio::awaitable<boost::system::error_code> handshake();
    // Tells the client over TLS that nothing more comes; else nothing.
    [[nodiscard]] boost::asio::awaitable<void> say_end();

    executor_type get_executor() noexcept { return next_layer().get_executor(); }
    Plain& next_layer() noexcept {
        if (auto* const secure = std::get_if<Secure>(&stream_)) return secure->next_layer();
        return *std::get_if<Plain>(&stream_);
    }
    const Plain& next_layer() const noexcept { return const_cast<HttpStream*>(this)->next_layer(); }

    template <class Buffers, class Token>
    Done<Token> async_read_some(const Buffers& buffers, Token&& token) {
        if (auto* const secure = std::get_if<Secure>(&stream_))
            return secure->async_read_some(buffers, std::forward<Token>(token));
        return std::get_if<Plain>(&stream_)->async_read_some(buffers, std::forward<Token>(token));
    }
    template <class Buffers, class Token>
    Done<Token> async_write_some(const Buffers& buffers, Token&& token) {
        if (auto* const secure = std::get_if<Secure>(&stream_))
            return secure->async_write_some(buffers, std::forward<Token>(token));
        return std::get_if<Plain>(&stream_)->async_write_some(buffers, std::forward<Token>(token));
    }

  private:
    // At the end of a WebSocket: Beast looks for it by the type of its stream.
    template <class Handler>
    friend void async_teardown(boost::beast::role_type role, HttpStream& stream, Handler&& handler) {
        using boost::beast::websocket::async_teardown;
        if (auto* const secure = std::get_if<Secure>(&stream.stream_)) {
            async_teardown(role, *secure, std::forward<Handler>(handler));
        } else {
            async_teardown(role, stream.next_layer(), std::forward<Handler>(handler));
        }
    }

    TlsContext tls_{};  // null: none
    std::variant<Plain, Secure> stream_;
};

}  // namespace dusk::rpc
