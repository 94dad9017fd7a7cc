#include "rpc/routes/prover_routes.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <memory>

#include "rpc/answers.hpp"

namespace dusk::rpc {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using Body = http::vector_body<std::uint8_t>;

constexpr std::chrono::seconds kPatience{120};  // for a proof, queue included
constexpr std::size_t kMostAnswer = std::size_t{64} << 10;

HttpResponse no_prover() { return HttpResponse::error(503, "the prover of this node does not answer"); }

// The request holds secrets of whoever asks: it is wiped.
asio::awaitable<HttpResponse> hand_on(asio::ip::tcp::endpoint prover, RouteRequest request) {
    http::request<Body> message(http::verb::post, "/on/prover/prove", 11);
    message.set(http::field::host, prover.address().to_string());
    message.set(http::field::content_type, "application/octet-stream");
    const std::string_view trace = request.http.header("traceparent");
    if (!trace.empty()) message.set("traceparent", trace);
    message.body() = to_vector(request.body.bytes.reveal());
    message.prepare_payload();
    wipe(request.http.body);
    beast::tcp_stream stream(co_await asio::this_coro::executor);
    stream.expires_after(kPatience);
    beast::error_code error;
    co_await stream.async_connect(prover, asio::redirect_error(asio::use_awaitable, error));
    if (!error) co_await http::async_write(stream, message, asio::redirect_error(asio::use_awaitable, error));
    wipe(message.body());
    beast::flat_buffer buffer(kMostAnswer);
    http::response_parser<Body> parser;
    parser.body_limit(kMostAnswer);
    if (!error) co_await http::async_read(stream, buffer, parser, asio::redirect_error(asio::use_awaitable, error));
    if (error) co_return no_prover();
    const unsigned status = parser.get().result_int();
    Bytes body = std::move(parser.get().body());
    if (status == 200) co_return bytes_answer(body, request.body.binary_answer);
    HttpResponse out{.status = status, .headers = {{"Content-Type", "application/json"}}, .body = std::move(body)};
    const auto retry = parser.get().find(http::field::retry_after);
    if (retry != parser.get().end()) out.headers.emplace_back("Retry-After", retry->value());
    co_return out;
}

asio::awaitable<HttpResponse> without_prover(UnprovableReason reason, QueryThreads& threads, RouteRequest request) {
    wipe(request.http.body);
    if (!reason) co_return unsupported();
    const auto shared = std::make_shared<SecretBytes>(std::move(request.body.bytes));
    const auto why = co_await threads.ask([reason = std::move(reason), shared] { return reason(shared->reveal()); });
    if (!why || !*why) co_return unsupported();
    co_return HttpResponse::error(400, "Invalid input: " + **why);
}

}  // namespace

void add_prover_routes(RouteTable& table, std::optional<asio::ip::tcp::endpoint> prover, UnprovableReason reason,
                       QueryThreads& threads) {
    table.add("POST", "/on/prover/{}", RequestClass::other_rues,
              [prover, reason = std::move(reason), &threads](RouteRequest request) -> asio::awaitable<HttpResponse> {
                  if (request.parameters.at(0) != "prove") co_return unsupported();
                  if (!prover) co_return co_await without_prover(reason, threads, std::move(request));
                  co_return co_await hand_on(*prover, std::move(request));
              });
}

}  // namespace dusk::rpc
