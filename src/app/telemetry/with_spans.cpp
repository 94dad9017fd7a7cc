// app/telemetry.hpp for programs that make spans.
#include <cstdlib>

#include "app/telemetry.hpp"
#include "base/hex.hpp"
#include "client/http_address.hpp"
#include "crypto/os_random.hpp"
#include "node/block_work.hpp"
#include "rpc/lower_case.hpp"
#include "telemetry/tracer.hpp"

namespace dusk::app {
namespace {

using telemetry::RunningSpan;
using telemetry::Span;
using telemetry::Tracer;

constexpr const char* kEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
constexpr const char* kService = "OTEL_SERVICE_NAME";
constexpr std::string_view kTraceparent = "traceparent";
constexpr std::size_t kMostPath = 256;  // letters

std::string environment(const char* name, std::string_view otherwise) {
    const char* const value = std::getenv(name);
    return std::string(value == nullptr || *value == '\0' ? otherwise : std::string_view(value));
}

// --- requests ---

// Names of methods that are not known may be of any length.
std::string_view method_of(const rpc::HttpRequest& request) {
    for (const std::string_view known : {"GET", "HEAD", "POST", "DELETE", "OPTIONS", "PUT", "PATCH"}) {
        if (request.method == known) return known;
    }
    return "HTTP";
}

// So that what is done for the request finds its parent, in this program and in those that the request goes on to.
void set_traceparent(rpc::HttpHeaders& headers, std::string value) {
    for (auto& [name, text] : headers) {
        if (rpc::lower_case(name) != kTraceparent) continue;
        text = std::move(value);
        return;
    }
    headers.emplace_back(kTraceparent, std::move(value));
}

boost::asio::awaitable<rpc::HttpResponse> serve(Tracer& tracer, const rpc::HttpServer::Handler& handler,
                                                const Telemetry::RouteOf& route_of, rpc::HttpRequest request) {
    const auto parent = telemetry::parse_traceparent(request.header(kTraceparent));
    if (parent && !parent->is_sampled) co_return co_await handler(std::move(request));
    const std::string route = route_of(request.path);
    const std::string method(method_of(request));
    RunningSpan span = tracer.begin(route.empty() ? method : method + " " + route, Span::Kind::server, parent);
    span.set("http.request.method", method == "HTTP" ? "_OTHER" : method);
    span.set("url.path", request.path.substr(0, kMostPath));
    if (!route.empty()) span.set("http.route", route);
    set_traceparent(request.headers, telemetry::to_traceparent(span.context()));
    try {
        rpc::HttpResponse response = co_await handler(std::move(request));
        span.set("http.response.status_code", std::int64_t{response.status});
        if (response.status >= 500) span.set_failed();
        co_return response;
    } catch (const std::exception&) {
        span.set_failed();
        throw;
    }
}

// --- blocks ---

// All that nodes do for a block is one trace, whoever does it.
telemetry::TraceId trace_of(const ledger::BlockHash& hash) { return take<sizeof(telemetry::TraceId)>(hash.bytes); }

std::string_view name_of(node::BlockWork::Kind kind) {
    switch (kind) {
        case node::BlockWork::Kind::build:
            return "candidate.build";
        case node::BlockWork::Kind::judge:
            return "candidate.execute";
        case node::BlockWork::Kind::accept:
            return "block.accept";
    }
    return "";
}

Span span_of(const node::BlockWork& work) {
    const ledger::BlockHeader& header = work.block.header;
    return {.name = std::string(name_of(work.kind)),
            .context = {.trace = trace_of(header.hash)},
            .attributes = {{"dusk.block.height", static_cast<std::int64_t>(header.height.value)},
                           {"dusk.block.hash", to_hex(header.hash.bytes)},
                           {"dusk.block.transactions", static_cast<std::int64_t>(work.block.transactions.size())}},
            .has_failed = !work.is_good};
}

}  // namespace

struct Telemetry::Parts {
    Parts(telemetry::ExporterSettings settings, const Clock& clock, Logger logger)
        : exporter(std::move(settings), std::move(logger)), tracer(exporter, clock, random) {
        node::watch_block_work([this](const node::BlockWork& work) { tracer.add(span_of(work), work.took); });
    }
    Parts(const Parts&) = delete;
    Parts& operator=(const Parts&) = delete;
    ~Parts() { node::watch_block_work({}); }

    crypto::OsRandom random{};
    telemetry::SpanExporter exporter;
    Tracer tracer;
};

Telemetry::Telemetry(std::string_view service, const std::string& collector, const Clock& clock, Logger logger) {
    telemetry::ExporterSettings settings{.collector = environment(kEndpoint, collector),
                                         .service = environment(kService, service)};
    if (settings.collector.empty()) return;
    if (!client::parse_http_address(settings.collector)) {
        logger.error("no spans are made: the collector is no address such as http://127.0.0.1:4318",
                     {{"collector", settings.collector}});
        return;
    }
    logger.info("spans go to a collector", {{"collector", settings.collector}});
    parts_ = std::make_unique<Parts>(std::move(settings), clock, std::move(logger));
}
Telemetry::~Telemetry() = default;

rpc::HttpServer::Handler Telemetry::traced(rpc::HttpServer::Handler handler, RouteOf route_of) {
    if (!parts_) return handler;
    return [&tracer = parts_->tracer, handler = std::move(handler), route_of = std::move(route_of)](
               rpc::HttpRequest request) { return serve(tracer, handler, route_of, std::move(request)); };
}

rpc::ProvingQueue::Prove Telemetry::traced(rpc::ProvingQueue::Prove prove) {
    if (!parts_) return prove;
    return [&tracer = parts_->tracer, prove = std::move(prove)](ByteView request, std::string_view trace,
                                                                Executor& executor) {
        const auto parent = telemetry::parse_traceparent(trace);
        if (parent && !parent->is_sampled) return prove(request, trace, executor);
        RunningSpan span = tracer.begin("proof", Span::Kind::internal, parent);
        span.set("dusk.proof.request_bytes", static_cast<std::int64_t>(request.size()));
        auto out = prove(request, trace, executor);
        if (!out) span.set_failed();
        return out;
    };
}

}  // namespace dusk::app
