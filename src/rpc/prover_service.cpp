#include "rpc/prover_service.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <nlohmann/json.hpp>

#include "base/hex.hpp"
#include "rpc/process_metrics.hpp"
#include "rpc/prometheus_text.hpp"
#include "rpc/request_body.hpp"

namespace dusk::rpc {
namespace {

namespace asio = boost::asio;

// Waits for a worker without holding the thread of the server. None: the queue took no more.
asio::awaitable<std::optional<ProvingResult>> prove_in(ProvingQueue& queue, SecretBytes request, std::string trace) {
    using Answer = std::optional<ProvingResult>;
    return asio::async_initiate<const asio::use_awaitable_t<>, void(Answer)>(
        [&queue](auto handler, SecretBytes bytes, std::string of_client) {
            // The work guard keeps the loop alive while only a worker is busy.
            auto executor = asio::get_associated_executor(handler);
            auto guard = asio::make_work_guard(executor);
            auto shared = std::make_shared<decltype(handler)>(std::move(handler));
            const auto answer = [shared, executor, guard](Answer value) {
                asio::post(executor, [shared, value = std::move(value)]() mutable { (*shared)(std::move(value)); });
            };
            if (!queue.submit(std::move(bytes), std::move(of_client), answer)) answer(std::nullopt);
        },
        asio::use_awaitable, std::move(request), std::move(trace));
}

HttpResponse busy(std::string_view message) {
    HttpResponse out = HttpResponse::error(503, message);
    out.headers.emplace_back("Retry-After", "5");
    return out;
}

HttpResponse refusal(const ProvingError& error) {
    switch (error.kind) {
        case ProvingFailure::malformed:
            return HttpResponse::error(400, "Invalid input: " + error.message);
        case ProvingFailure::not_ready:
        case ProvingFailure::stopped:
            return busy(error.message);
        case ProvingFailure::false_statement:
            return HttpResponse::error(500, error.message);
        case ProvingFailure::internal:
            break;
    }
    return HttpResponse::error(500, "Internal server error");
}

HttpResponse only(std::string_view method) {
    return {.status = 405, .headers = {{"Allow", std::string(method)}}, .body = {}};
}

constexpr std::string_view kProve = "/on/prover/prove";

}  // namespace

std::string_view ProverService::route_of(std::string_view path) {
    constexpr std::array<std::string_view, 4> kRoutes{kProve, "/health", "/status", "/metrics"};
    const auto* const at = std::ranges::find(kRoutes, path);
    return at == kRoutes.end() ? std::string_view() : *at;
}

asio::awaitable<HttpResponse> ProverService::handle(HttpRequest request) {
    if (request.path == kProve) {
        if (request.method != "POST") co_return only("POST");
        co_return co_await prove(std::move(request));
    }
    if (route_of(request.path).empty()) co_return HttpResponse::error(404, "Path not found");
    if (request.method != "GET" && request.method != "HEAD") co_return only("GET");
    if (request.path == "/health") co_return health();
    if (request.path == "/status") co_return status();
    co_return HttpResponse::text(200, kPrometheusType, prometheus_text(metrics_) + process_metrics());
}

asio::awaitable<HttpResponse> ProverService::prove(HttpRequest request) {
    RequestBody body = read_body(request);
    wipe(request.body);
    if (!body.valid_text) co_return HttpResponse::error(422, "Invalid payload: Invalid utf8");
    const std::optional<ProvingResult> result =
        co_await prove_in(queue_, std::move(body.bytes), std::string(request.header("traceparent")));
    if (!result) co_return busy("the queue of the prover is full; try again later or add workers");
    if (!*result) co_return refusal(result->error());
    const Bytes& proof = **result;
    if (body.binary_answer) co_return HttpResponse{.status = 200, .headers = {}, .body = proof};
    const std::string hex = to_hex(proof);
    const ByteView text = as_bytes(hex);
    co_return HttpResponse{.status = 200, .headers = {}, .body = Bytes(text.begin(), text.end())};
}

HttpResponse ProverService::health() const {
    const std::vector<KeyProgress> keys = keys_();
    const bool ready = std::ranges::all_of(keys, &KeyProgress::ready);
    return HttpResponse::json(ready ? 200 : 503, ready ? R"({"status":"ready"})" : R"({"status":"making keys"})");
}

HttpResponse ProverService::status() const {
    nlohmann::ordered_json out{{"waiting", queue_.waiting()},
                               {"running", queue_.running()},
                               {"workers", queue_.options().workers},
                               {"threads_per_worker", queue_.options().threads_per_worker},
                               {"capacity", queue_.options().capacity}};
    for (const KeyProgress& key : keys_()) out["keys"][key.name] = key.state;
    return HttpResponse::json(200, out.dump());
}

}  // namespace dusk::rpc
