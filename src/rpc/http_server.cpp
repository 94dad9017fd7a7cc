#include "rpc/http_server.hpp"

#include <fmt/core.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <map>
#include <set>

#include "base/host_port.hpp"
#include "rpc/client_limits.hpp"
#include "rpc/forwarded.hpp"

namespace dusk::rpc {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using Body = http::vector_body<std::uint8_t>;  // as in UpgradeRequest

constexpr std::chrono::seconds kFarewell{2};  // to the end of TLS, which clients need not answer

// Without the query and without slashes at the end; at least "/".
std::string_view path_of(const http::request<Body>& message) {
    const std::string_view target(message.target().data(), message.target().size());
    std::string_view path = target.substr(0, target.find('?'));
    while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
    return path;
}

HttpRequest from_beast(http::request<Body>&& message, const asio::ip::address& client) {
    HttpRequest out;
    out.method = std::string(message.method_string());
    out.path = std::string(path_of(message));
    const std::string_view target(message.target().data(), message.target().size());
    if (const std::size_t mark = target.find('?'); mark != std::string_view::npos) {
        out.query = std::string(target.substr(mark + 1));
    }
    for (const auto& field : message) out.headers.emplace_back(field.name_string(), field.value());
    out.body = std::move(message.body());
    out.client = client;
    return out;
}

// How the request wants its answer.
struct Form {
    unsigned version = 11;
    bool keep_alive = false;
    bool head = false;  // the headers alone, as if the body followed them
};

http::response<Body> to_beast(HttpResponse&& response, const Form& form) {
    http::response<Body> out(static_cast<http::status>(response.status), form.version);
    for (const auto& [name, value] : response.headers) out.set(name, value);
    out.body() = std::move(response.body);
    out.keep_alive(form.keep_alive);
    out.prepare_payload();
    if (form.head) out.body().clear();
    return out;
}

// A body whose end others may see elsewhere (RFC 9112 §6.1): the parser takes what it does not understand for none.
bool has_other_coding(const http::request<Body>& message) {
    const auto fields = message.equal_range(http::field::transfer_encoding);
    if (fields.first == fields.second) return false;
    return message.version() < 11 || std::next(fields.first) != fields.second ||
           !beast::iequals(fields.first->value(), "chunked");
}

// Whom it is from, where it came over a connection of `from`.
asio::ip::address client_of(const http::request<Body>& message, const asio::ip::address& from,
                            const node::ProxySettings& proxies) {
    if (proxies.trusted.empty()) return from;
    std::vector<std::string_view> lines;
    const auto [begin, end] = message.equal_range(proxies.header);
    for (auto at = begin; at != end; ++at) lines.push_back(at->value());
    return rpc::client_of(from, lines, proxies);
}

// What to answer to bytes that are no request; none when there is nobody to answer to.
std::optional<HttpResponse> refusal(const beast::error_code& error, bool is_announced) {
    if (error == http::error::body_limit) return length_exceeded(is_announced);
    if (error == http::error::header_limit) return HttpResponse::error(431, "the headers are too long");
    if (error.category() == make_error_code(http::error::bad_method).category() &&
        error != http::error::end_of_stream && error != http::error::partial_message)
        return HttpResponse::error(400, fmt::format("Invalid request encoding: {}", error.message()));
    return std::nullopt;
}

}  // namespace

HttpResponse length_exceeded(bool is_announced) {
    return HttpResponse::text(
        413, "text/plain; charset=utf-8",
        is_announced ? "length limit exceeded" : "Failed to buffer the request body: length limit exceeded");
}

struct HttpServer::Shared {
    Shared(asio::io_context& c, HttpLimits l, Handler h, Logger g)
        : context(c),
          limits(std::move(l)),
          handler(std::move(h)),
          logger(std::move(g)),
          acceptor(c),
          clients(limits.of_client, limits.limits_loopback) {}

    asio::io_context& context;
    HttpLimits limits;
    Handler handler;
    Logger logger;
    tcp::acceptor acceptor;
    struct Taker {
        HttpServer::Upgrade upgrade{};
        HttpServer::RefuseUpgrade refuse{};
    };
    std::map<std::string, Taker, std::less<>> upgrades{};  // by path
    TlsContext tls{};                                      // null: in the clear
    std::set<HttpStream::Plain*> idle;                     // waiting for a request
    ClientConnections clients;
    ConnectionCounts counts{};
    std::size_t unread = 0;  // bytes of the bodies that are being written
    bool stopping = false;
};

namespace {

template <class S>
asio::awaitable<bool> write(S& shared, HttpStream& stream, HttpResponse response, Form form) {
    // Clients that ask and do not read: what they are given has a bound together.
    if (shared.unread + response.body.size() > shared.limits.unread && response.status < 300) {
        response = HttpResponse::error(503, "too much is being sent; try again later");
    }
    http::response<Body> message = to_beast(std::move(response), form);
    const std::size_t size = message.body().size();
    shared.unread += size;
    beast::error_code error;
    stream.next_layer().expires_after(shared.limits.response);
    co_await http::async_write(stream, message, asio::redirect_error(asio::use_awaitable, error));
    shared.unread -= size;
    co_return !error && form.keep_alive;
}

// A body that is made while it is sent. Clients of HTTP/1.0 see its end by that of the connection.
template <class S>
asio::awaitable<bool> write_parts(S& shared, HttpStream& stream, HttpResponse response, Form form) {
    const bool is_chunked = form.version >= 11;
    http::response<http::empty_body> head(static_cast<http::status>(response.status), form.version);
    for (const auto& [name, value] : response.headers) head.set(name, value);
    head.keep_alive(form.keep_alive && is_chunked);
    if (is_chunked) head.chunked(true);
    http::response_serializer<http::empty_body> serializer(head);
    beast::error_code error;
    stream.next_layer().expires_after(shared.limits.response);
    co_await http::async_write_header(stream, serializer, asio::redirect_error(asio::use_awaitable, error));
    while (!error && !form.head) {
        stream.next_layer().expires_never();
        const std::optional<Bytes> part = co_await response.source->next();
        if (!part || shared.stopping) co_return false;
        stream.next_layer().expires_after(shared.limits.response);
        if (part->empty()) break;
        const auto bytes = asio::buffer(part->data(), part->size());
        if (is_chunked) {
            co_await asio::async_write(stream, http::make_chunk(bytes),
                                       asio::redirect_error(asio::use_awaitable, error));
        } else {
            co_await asio::async_write(stream, bytes, asio::redirect_error(asio::use_awaitable, error));
        }
    }
    if (!error && is_chunked && !form.head) {
        co_await asio::async_write(stream, http::make_chunk_last(), asio::redirect_error(asio::use_awaitable, error));
    }
    co_return !error && is_chunked && form.keep_alive;
}

// The connection is not one of ours while somebody else has it.
template <class S>
asio::awaitable<void> hand_over(S& shared, const HttpServer::Upgrade& upgrade, HttpStream& stream,
                                UpgradeRequest request, asio::ip::address client) {
    --shared.counts.open;
    co_await upgrade(std::move(stream), std::move(request), std::move(client));
    ++shared.counts.open;
}

enum class Next : std::uint8_t { request, end, gone };  // gone: somebody else has the connection

// One request and its response.
template <class S>
asio::awaitable<Next> serve_one(S& shared, HttpStream& stream, beast::flat_buffer& buffer,
                                const asio::ip::address& from) {
    http::request_parser<Body> parser;
    parser.body_limit(shared.limits.body);
    parser.header_limit(static_cast<std::uint32_t>(shared.limits.header));
    beast::error_code error;
    stream.next_layer().expires_after(shared.limits.request);
    shared.idle.insert(&stream.next_layer());
    co_await http::async_read_header(stream, buffer, parser, asio::redirect_error(asio::use_awaitable, error));
    shared.idle.erase(&stream.next_layer());
    if (!error && has_other_coding(parser.get())) {
        co_await write(shared, stream, HttpResponse::error(501, "of transfer codings only chunked is understood"), {});
        co_return Next::end;
    }
    if (!error && beast::iequals(parser.get()[http::field::expect], "100-continue")) {
        http::response<http::empty_body> go_on(http::status::continue_, parser.get().version());
        co_await http::async_write(stream, go_on, asio::redirect_error(asio::use_awaitable, error));
    }
    if (!error) co_await http::async_read(stream, buffer, parser, asio::redirect_error(asio::use_awaitable, error));
    if (error) {
        const bool is_announced = parser.get().find(http::field::content_length) != parser.get().end();
        if (auto response = refusal(error, is_announced)) co_await write(shared, stream, std::move(*response), {});
        co_return Next::end;
    }
    const Form form{.version = parser.get().version(),
                    .keep_alive = parser.get().keep_alive() && !shared.stopping,
                    .head = parser.get().method() == http::verb::head};
    stream.next_layer().expires_never();
    const asio::ip::address client = client_of(parser.get(), from, shared.limits.proxies);
    const auto taker = shared.upgrades.find(path_of(parser.get()));
    if (taker != shared.upgrades.end() && beast::websocket::is_upgrade(parser.get())) {
        if (taker->second.refuse) {
            auto refused = taker->second.refuse(from_beast(http::request<Body>(parser.get()), client));
            if (refused)
                co_return co_await write(shared, stream, *std::move(refused), form) ? Next::request : Next::end;
        }
        co_await hand_over(shared, taker->second.upgrade, stream, parser.release(), client);
        co_return Next::gone;
    }
    HttpResponse response;
    try {
        response = co_await shared.handler(from_beast(parser.release(), client));
    } catch (const std::exception& exception) {
        shared.logger.error("a request failed", {{"reason", std::string_view(exception.what())}});
        response = HttpResponse::error(500, "Internal server error");
    }
    const bool goes_on = response.source ? co_await write_parts(shared, stream, std::move(response), form)
                                         : co_await write(shared, stream, std::move(response), form);
    co_return goes_on ? Next::request : Next::end;
}

// Whether TLS began. Who speaks HTTP to a server over TLS is told so.
template <class S>
asio::awaitable<bool> begin_tls(S& shared, HttpStream& stream) {
    stream.next_layer().expires_after(shared.limits.request);
    shared.idle.insert(&stream.next_layer());
    const beast::error_code error = co_await stream.handshake();
    shared.idle.erase(&stream.next_layer());
    if (!error) co_return true;
    const bool is_http = error.category() == asio::error::get_ssl_category() &&
                         ERR_GET_REASON(static_cast<unsigned long>(error.value())) == SSL_R_HTTP_REQUEST;
    if (is_http) {
        HttpStream plain(std::move(stream.next_layer()));
        co_await write(shared, plain, HttpResponse::error(400, "this server speaks TLS: use https://"), {});
        beast::error_code ignored;
        plain.next_layer().socket().shutdown(tcp::socket::shutdown_both, ignored);
    }
    co_return false;
}

template <class S>
asio::awaitable<Next> serve_all(S& shared, HttpStream& stream, const asio::ip::address& client) {
    if (stream.is_secure() && !co_await begin_tls(shared, stream)) co_return Next::end;
    // More than the limits never has to lie in the buffer: the parser takes bodies out of it.
    beast::flat_buffer buffer(shared.limits.header + (64 << 10));
    Next next = Next::request;
    while (!shared.stopping && next == Next::request) next = co_await serve_one(shared, stream, buffer, client);
    co_return next;
}

// Over TLS without a word: a handshake is what such a client would get most of.
template <class S>
asio::awaitable<void> refuse(S& shared, HttpStream& stream, unsigned status, std::uint64_t& count) {
    ++count;
    if (stream.is_secure()) co_return;
    HttpResponse response = HttpResponse::error(status, "too many connections; try again later");
    response.headers.emplace_back("Retry-After", "1");
    co_await write(shared, stream, std::move(response), {});
}

template <class S>
asio::awaitable<void> serve(std::shared_ptr<S> shared, tcp::socket socket) {
    beast::error_code error;
    const asio::ip::address client = socket.remote_endpoint(error).address();
    if (error) co_return;  // it is gone already
    HttpStream stream = shared->tls ? HttpStream(HttpStream::Plain(std::move(socket)), shared->tls)
                                    : HttpStream(HttpStream::Plain(std::move(socket)));
    // Those of a proxy are of many clients.
    const bool counts_client = !shared->limits.proxies.trusts(client);
    const bool enters = !counts_client || shared->clients.enter(client);
    ConnectionCounts& counts = shared->counts;
    ++counts.open;
    Next next = Next::end;
    if (!enters) {
        co_await refuse(*shared, stream, 429, counts.too_many_of_client);
    } else if (counts.open > shared->limits.connections) {
        co_await refuse(*shared, stream, 503, counts.too_many);
    } else {
        next = co_await serve_all(*shared, stream, client);
    }
    if (next != Next::gone && !shared->stopping) {
        stream.next_layer().expires_after(kFarewell);
        co_await stream.say_end();
    }
    --counts.open;
    if (enters && counts_client) shared->clients.leave(client);
    if (next != Next::gone) stream.next_layer().socket().shutdown(tcp::socket::shutdown_both, error);
}

template <class S>
asio::awaitable<void> accept(std::shared_ptr<S> shared) {
    while (!shared->stopping) {
        beast::error_code error;
        tcp::socket socket = co_await shared->acceptor.async_accept(asio::redirect_error(asio::use_awaitable, error));
        if (error == asio::error::operation_aborted) co_return;
        if (error) {
            // Out of descriptors, most likely: give the connections time to end.
            shared->logger.warn("cannot accept a connection", {{"reason", error.message()}});
            asio::steady_timer pause(shared->context, std::chrono::milliseconds(100));
            co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
            continue;
        }
        asio::co_spawn(shared->context, serve(shared, std::move(socket)), asio::detached);
    }
}

}  // namespace

HttpServer::HttpServer(asio::io_context& context, HttpLimits limits, Handler handler, Logger logger)
    : shared_(std::make_shared<Shared>(context, limits, std::move(handler), std::move(logger))) {}

HttpServer::~HttpServer() { stop(); }

void HttpServer::set_upgrade(std::string path, Upgrade upgrade, RefuseUpgrade refuse) {
    shared_->upgrades[std::move(path)] = {.upgrade = std::move(upgrade), .refuse = std::move(refuse)};
}

void HttpServer::set_tls(TlsContext tls) { shared_->tls = std::move(tls); }

Result<tcp::endpoint, std::string> HttpServer::listen(const tcp::endpoint& at) {
    beast::error_code error;
    auto& acceptor = shared_->acceptor;
    if (!acceptor.open(at.protocol(), error) && !acceptor.set_option(asio::socket_base::reuse_address(true), error) &&
        !acceptor.bind(at, error))
        acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (error)
        return fail(fmt::format("cannot listen on {}:{}: {}", at.address().to_string(), at.port(), error.message()));
    asio::co_spawn(shared_->context, accept(shared_), asio::detached);
    return acceptor.local_endpoint();
}

ConnectionCounts HttpServer::counts() const { return shared_->counts; }

void HttpServer::stop() {
    shared_->stopping = true;
    beast::error_code ignored;
    shared_->acceptor.close(ignored);
    for (HttpStream::Plain* stream : shared_->idle) stream->cancel();
}

Result<tcp::endpoint, std::string> parse_endpoint(std::string_view text) {
    const std::string sentence =
        fmt::format("'{}' is not an address and port, such as 127.0.0.1:8080 or [::1]:8080", text);
    const auto parts = split_host_port(text);
    if (!parts) return fail(sentence);
    beast::error_code error;
    const auto address = asio::ip::make_address(parts->host, error);
    if (error) return fail(sentence);
    return tcp::endpoint(address, parts->port);
}

}  // namespace dusk::rpc
