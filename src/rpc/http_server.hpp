// HTTP/1.1 on TCP, in the clear or over TLS: reads requests, asks a handler, writes its responses (spec/interfaces.md
// §1).
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <functional>
#include <string>

#include "base/log.hpp"
#include "base/result.hpp"
#include "node/proxy_settings.hpp"
#include "rpc/connection_counts.hpp"
#include "rpc/http.hpp"
#include "rpc/http_stream.hpp"
#include "rpc/websocket_session.hpp"

namespace dusk::rpc {

struct HttpLimits {
    std::size_t body = 3 << 20;         // bytes; more is answered 413
    std::size_t header = 16 << 10;      // bytes of all headers; more is answered 431
    std::size_t connections = 256;      // more are answered 503 and closed; WebSockets do not count
    std::size_t of_client = 0;          // connections of one client, WebSockets too; more are answered 429; 0: no limit
    bool limits_loopback = false;       // whether that holds for clients on this machine
    node::ProxySettings proxies{};      // whose connections have no such limit, and who are believed about clients
    std::size_t unread = 256 << 20;     // bytes of all bodies that are being sent; more is answered 503
    std::chrono::seconds request{30};   // to send one request, or its first byte on a kept connection
    std::chrono::seconds response{30};  // to take one response
};

// Lives on one io_context, whose thread runs everything here; the handler may wait for other threads. A connection that
// misbehaves is closed; the server goes on.
class HttpServer {
  public:
    using Handler = std::function<boost::asio::awaitable<HttpResponse>(HttpRequest)>;

    HttpServer(boost::asio::io_context& context, HttpLimits limits, Handler handler, Logger logger);
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;
    ~HttpServer();

    // Who takes over connections that ask to become a WebSocket at `path`; one for each path, before `listen`. At other
    // paths such a request is one like others. They do not count among the connections of this server.
    using Upgrade =
        std::function<boost::asio::awaitable<void>(HttpStream, UpgradeRequest, boost::asio::ip::address client)>;
    // `refuse` gives the answer to those that may not; empty: all may.
    using RefuseUpgrade = std::function<std::optional<HttpResponse>(const HttpRequest&)>;
    void set_upgrade(std::string path, Upgrade upgrade, RefuseUpgrade refuse = {});

    // From the next connection on they speak TLS with this certificate; before `listen`, and again when it is renewed.
    void set_tls(TlsContext tls);
    [[nodiscard]] ConnectionCounts counts() const;

    // Binds and starts to accept. Port 0 takes a free one. The error is a sentence.
    [[nodiscard]] Result<boost::asio::ip::tcp::endpoint, std::string> listen(const boost::asio::ip::tcp::endpoint& at);
    // Accepts no more and closes idle connections; responses under way are still written.
    void stop();

  private:
    struct Shared;
    std::shared_ptr<Shared> shared_;
};

// 413, in the words that clients of the released node are told; they differ with whether the length was announced.
[[nodiscard]] HttpResponse length_exceeded(bool is_announced);

// "127.0.0.1:8080", "[::1]:8080": an address, not a name. The error is a sentence.
[[nodiscard]] Result<boost::asio::ip::tcp::endpoint, std::string> parse_endpoint(std::string_view text);

}  // namespace dusk::rpc
