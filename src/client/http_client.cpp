#include "client/http_client.hpp"

#include <fmt/core.h>

#include <boost/asio/io_context.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <optional>

#include "base/host_port.hpp"

namespace dusk::client {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using Body = http::vector_body<std::uint8_t>;
using Error = beast::error_code;

std::optional<tcp::endpoint> endpoint_of(std::string_view text) {
    const auto parts = split_host_port(text);
    if (!parts) return {};
    Error error;
    const auto address = asio::ip::make_address(parts->host, error);
    if (error) return {};
    return tcp::endpoint(address, parts->port);
}

}  // namespace

struct HttpClient::Connection {
    Connection(std::string a, const HttpClientLimits& l) : address(std::move(a)), limits(l) {}

    // Runs one asynchronous operation to its end.
    template <class Start>
    Error wait(Start&& start) {
        Error out = asio::error::would_block;
        start([&out](const Error& error, auto&&...) { out = error; });
        loop.restart();
        loop.run();
        return out;
    }
    Error connect() {
        const auto endpoint = endpoint_of(address);
        if (!endpoint) return asio::error::invalid_argument;
        stream.emplace(loop);
        buffer.clear();
        stream->expires_after(limits.patience);
        const Error error = wait([&](auto done) { stream->async_connect(*endpoint, done); });
        if (error) stream.reset();
        return error;
    }
    Error exchange(const http::request<Body>& request, HttpReply& reply) {
        stream->expires_after(limits.patience);
        Error error = wait([&](auto done) { http::async_write(*stream, request, done); });
        if (error) return error;
        http::response_parser<Body> parser;
        parser.body_limit(limits.body);
        error = wait([&](auto done) { http::async_read(*stream, buffer, parser, done); });
        if (error) return error;
        reply.status = parser.get().result_int();
        if (!parser.get().keep_alive()) stream.reset();
        reply.body = std::move(parser.get().body());
        return {};
    }
    Result<HttpReply, std::string> send(const http::request<Body>& request) {
        const bool kept = stream.has_value();
        Error error = kept ? Error() : connect();
        HttpReply reply;
        if (!error) error = exchange(request, reply);
        if (error && kept && error != beast::error::timeout) {
            error = connect();
            if (!error) error = exchange(request, reply);
        }
        if (!error) return reply;
        stream.reset();
        return fail(fmt::format("no answer from {}: {}", address, error.message()));
    }

    std::string address;
    HttpClientLimits limits;
    asio::io_context loop{1};
    std::optional<beast::tcp_stream> stream;
    beast::flat_buffer buffer;
};

HttpClient::HttpClient(std::string address, const HttpClientLimits& limits)
    : connection_(std::make_unique<Connection>(std::move(address), limits)) {}
HttpClient::~HttpClient() = default;
HttpClient::HttpClient(HttpClient&&) noexcept = default;

Result<HttpReply, std::string> HttpClient::get(const std::string& path) {
    http::request<Body> request{http::verb::get, path, 11};
    request.set(http::field::host, connection_->address);
    return connection_->send(request);
}

Result<HttpReply, std::string> HttpClient::post(const std::string& path, ByteView body, const HttpHeaders& headers) {
    http::request<Body> request{http::verb::post, path, 11};
    request.set(http::field::host, connection_->address);
    request.set(http::field::content_type, "application/octet-stream");
    for (const auto& [name, value] : headers) request.set(name, value);
    request.body().assign(body.begin(), body.end());
    request.prepare_payload();
    return connection_->send(request);
}

const std::string& HttpClient::address() const { return connection_->address; }

}  // namespace dusk::client
