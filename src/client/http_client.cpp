#include "client/http_client.hpp"

#include <fmt/core.h>

#include <boost/asio/io_context.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <optional>

#include "client/http_address.hpp"
#include "client/tls_client.hpp"

namespace dusk::client {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using Body = http::vector_body<std::uint8_t>;
using Error = beast::error_code;

constexpr std::size_t kPart = 64 * 1024;  // of a stream

// The first address that a name has.
std::optional<tcp::endpoint> endpoint_of(asio::io_context& loop, const HttpAddress& server) {
    Error error;
    const auto address = asio::ip::make_address(server.host, error);
    if (!error) return tcp::endpoint(address, server.port);
    tcp::resolver resolver(loop);
    const auto found = resolver.resolve(server.host, std::to_string(server.port), error);
    if (error || found.empty()) return {};
    return found.begin()->endpoint();
}

http::request<Body> post_request(const std::string& host, const std::string& path, ByteView body,
                                 const HttpHeaders& headers) {
    http::request<Body> request{http::verb::post, path, 11};
    request.set(http::field::host, host);
    request.set(http::field::content_type, "application/octet-stream");
    for (const auto& [name, value] : headers) request.set(name, value);
    request.body().assign(body.begin(), body.end());
    request.prepare_payload();
    return request;
}

}  // namespace

struct HttpClient::Connection {
    Connection(std::string a, const HttpClientLimits& l)
        : address(std::move(a)), server(parse_http_address(address)), limits(l) {}

    [[nodiscard]] std::string authority() const { return server ? server->authority() : address; }

    // Runs one asynchronous operation to its end.
    template <class Start>
    Error wait(Start&& start) {
        Error out = asio::error::would_block;
        start([&out](const Error& error, auto&&...) { out = error; });
        loop.restart();
        loop.run();
        return out;
    }
    // What `f` gives for the stream that is open.
    template <class F>
    auto on_stream(F&& f) {
        return secure ? f(*secure) : f(*plain);
    }
    beast::tcp_stream& socket() { return secure ? beast::get_lowest_layer(*secure) : *plain; }
    [[nodiscard]] bool is_open() const { return plain || secure; }
    void close() {
        plain.reset();
        secure.reset();
    }
    Error connect() {
        if (!server) return asio::error::invalid_argument;
        const auto endpoint = endpoint_of(loop, *server);
        if (!endpoint) return asio::error::host_not_found;
        close();
        buffer.clear();
        reason.clear();
        plain.emplace(loop);
        plain->expires_after(limits.patience);
        Error error = wait([&](auto done) { plain->async_connect(*endpoint, done); });
        if (!error && server->is_secure) error = begin_tls();
        if (error) close();
        return error;
    }
    Error begin_tls() {
        if (!tls) {
            auto made = trusting_context(limits);
            if (!made) {
                reason = made.error();
                return asio::error::invalid_argument;
            }
            tls = *std::move(made);
        }
        secure.emplace(std::move(*plain), *tls);
        plain.reset();
        name_server(*secure, *server, limits.is_verified);
        socket().expires_after(limits.patience);
        const Error error = wait([&](auto done) { secure->async_handshake(asio::ssl::stream_base::client, done); });
        if (error) reason = reason_of(*secure, error);
        return error;
    }
    Error write(const http::request<Body>& request) {
        socket().expires_after(limits.patience);
        return wait([&](auto done) { on_stream([&](auto& stream) { http::async_write(stream, request, done); }); });
    }
    template <class Parser>
    Error read(Parser& parser) {
        const Error error =
            wait([&](auto done) { on_stream([&](auto& stream) { http::async_read(stream, buffer, parser, done); }); });
        if (error && !secure && is_tls_alert()) reason = "it speaks TLS: use https:// for it";
        return error;
    }
    // How a server over TLS answers what is no handshake (RFC 8446 §6): a record of type 21, version 3.x.
    [[nodiscard]] bool is_tls_alert() const {
        const ByteView got(static_cast<const std::uint8_t*>(buffer.data().data()), buffer.size());
        return got.size() >= 2 && got[0] == 21 && got[1] == 3;
    }
    Error exchange(const http::request<Body>& request, HttpReply& reply) {
        Error error = write(request);
        if (error) return error;
        http::response_parser<Body> parser;
        parser.body_limit(limits.body);
        error = read(parser);
        if (error) return error;
        reply.status = parser.get().result_int();
        if (!parser.get().keep_alive()) close();
        reply.body = std::move(parser.get().body());
        return {};
    }
    using Take = std::function<bool(ByteView)>;
    Error exchange_streamed(const http::request<Body>& request, HttpReply& reply, const Take& take) {
        Error error = write(request);
        if (error) return error;
        http::response_parser<http::buffer_body> parser;
        parser.body_limit(boost::none);
        socket().expires_after(limits.patience);
        error = wait([&](auto done) {
            on_stream([&](auto& stream) { http::async_read_header(stream, buffer, parser, done); });
        });
        if (error) return error;
        reply.status = parser.get().result_int();
        Bytes part(kPart);
        while (!parser.is_done()) {
            parser.get().body() = {.data = part.data(), .size = part.size(), .more = true};
            socket().expires_after(limits.patience);
            error = read(parser);
            if (error && error != http::error::need_buffer) return error;
            const ByteView got = ByteView(part).first(part.size() - parser.get().body().size);
            if (reply.status == 200 ? !take(got) : reply.body.size() + got.size() > limits.body) {
                return asio::error::operation_aborted;
            }
            if (reply.status != 200) append(reply.body, got);
        }
        if (!parser.get().keep_alive()) close();
        return {};
    }
    // `exchange` on the connection that is there, or on a new one where that had been closed; `may_repeat` says whether
    // it may be tried again.
    template <class Exchange, class MayRepeat>
    Result<HttpReply, std::string> send(Exchange&& exchange, MayRepeat&& may_repeat) {
        const bool kept = is_open();
        Error error = kept ? Error() : connect();
        HttpReply reply;
        if (!error) error = exchange(reply);
        if (error && kept && error != beast::error::timeout && may_repeat()) {
            error = connect();
            reply = {};
            if (!error) error = exchange(reply);
        }
        if (!error) return reply;
        close();
        return fail(fmt::format("no answer from {}: {}", address, reason.empty() ? error.message() : reason));
    }
    Result<HttpReply, std::string> send(const http::request<Body>& request) {
        return send([&](HttpReply& reply) { return exchange(request, reply); }, [] { return true; });
    }

    std::string address;
    std::optional<HttpAddress> server;
    HttpClientLimits limits;
    std::optional<asio::ssl::context> tls{};  // once it was needed
    std::string reason{};                     // why TLS did not begin, for people
    asio::io_context loop{1};
    std::optional<beast::tcp_stream> plain{};
    std::optional<SecureStream> secure{};
    beast::flat_buffer buffer{};
};

HttpClient::HttpClient(std::string address, const HttpClientLimits& limits)
    : connection_(std::make_unique<Connection>(std::move(address), limits)) {}
HttpClient::~HttpClient() = default;
HttpClient::HttpClient(HttpClient&&) noexcept = default;

Result<HttpReply, std::string> HttpClient::get(const std::string& path) {
    http::request<Body> request{http::verb::get, path, 11};
    request.set(http::field::host, connection_->authority());
    return connection_->send(request);
}

Result<HttpReply, std::string> HttpClient::post(const std::string& path, ByteView body, const HttpHeaders& headers) {
    return connection_->send(post_request(connection_->authority(), path, body, headers));
}

Result<HttpReply, std::string> HttpClient::post_streamed(const std::string& path, ByteView body,
                                                         const HttpHeaders& headers,
                                                         const std::function<bool(ByteView)>& take) {
    const auto request = post_request(connection_->authority(), path, body, headers);
    bool has_begun = false;
    const auto take_part = [&](ByteView part) {
        has_begun = has_begun || !part.empty();
        return take(part);
    };
    return connection_->send(
        [&](HttpReply& reply) { return connection_->exchange_streamed(request, reply, take_part); },
        [&] { return !has_begun; });
}

const std::string& HttpClient::address() const { return connection_->address; }

}  // namespace dusk::client
