#include "rpc/node_service.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "rpc/answers.hpp"
#include "rpc/drivers/genesis_drivers.hpp"
#include "rpc/graphql/ledger_queries.hpp"
#include "rpc/graphql/routes.hpp"
#include "rpc/http_server.hpp"
#include "rpc/lower_case.hpp"
#include "rpc/routes/blob_routes.hpp"
#include "rpc/routes/document_routes.hpp"
#include "rpc/routes/operator_routes.hpp"
#include "rpc/routes/page_routes.hpp"
#include "rpc/routes/prover_routes.hpp"
#include "rpc/routes/static_routes.hpp"
#include "rpc/rues_rules.hpp"

namespace dusk::rpc {
namespace {

namespace asio = boost::asio;

constexpr std::string_view kRues = "/on/";
// Paths whose answers follow from the chain and the transactions that wait, and which many clients ask again and again.
constexpr std::array<std::string_view, 4> kRemembered = {"/graphql", "/on/graphql/query", "/on/account:{}/{}",
                                                         "/on/contracts:{}/{}"};
// Questions to the state at once: few threads, since the node needs its cores, and about what the limits let through.
constexpr unsigned kThreads = 2;
constexpr std::size_t kMostQuestions = 96;

std::size_t most_questions(const node::HttpSettings& settings) {
    const bool is_limited = settings.policy && settings.limited;
    return is_limited ? kMostQuestions : std::max<std::size_t>(kMostQuestions, settings.connections);
}

// What clients of the released node are told who ask for /on without asking for a WebSocket.
HttpResponse not_upgraded() {
    return HttpResponse::text(400, "text/plain; charset=utf-8", "Connection header did not include 'upgrade'");
}

HttpResponse no_such_url() { return HttpResponse::error(404, "Invalid URL path"); }

RequestClass kind_of(const std::optional<RouteTable::Match>& match, const HttpRequest& request) {
    if (!match) return RequestClass::other_http;
    const RequestClass kind = match->path->kind;
    const bool feeds = kind == RequestClass::contract_query && request.has_header("Rusk-Feeder");
    return feeds ? RequestClass::feeder_query : kind;
}

// Whether a GraphQL request asks the archive, which follows the chain at its own pace. Letters that are escaped may
// hide it: that counts as one that does.
bool may_ask_archive(const HttpRequest& request) {
    const std::string_view text(reinterpret_cast<const char*>(request.body.data()), request.body.size());
    if (request.method != "POST" || text.starts_with("0x") || text.contains("\\u")) return true;
    const auto is_of_name = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; };
    for (auto at = text.begin(); at != text.end();) {
        const auto begin = std::find_if(at, text.end(), is_of_name);
        at = std::find_if_not(begin, text.end(), is_of_name);
        if (graphql::is_archive_field({begin, at})) return true;
    }
    return false;
}

// What the drivers of the genesis contracts can read.
std::optional<nlohmann::json> read_event(const ledger::ContractId& contract, std::string_view topic, ByteView data) {
    DataDriver* const driver = genesis_driver(contract);
    if (driver == nullptr) return {};
    auto value = driver->decode_event(topic, data);
    if (!value) return {};
    return *std::move(value);
}

// What the limits refuse, for clients of JSON-RPC.
jsonrpc::Error over_limits(const HttpResponse& refusal) {
    jsonrpc::Error out = jsonrpc::busy("there are too many requests of this kind, or by this client");
    for (const auto& [name, value] : refusal.headers) {
        if (name == "Retry-After") out.data["retry_after_ms"] = 1000 * std::stoul(value);
    }
    return out;
}

}  // namespace

NodeService::NodeService(NodeServiceSettings settings, node::Node& node, chain::BlockStore& blocks,
                         const vm::Machine& machine, asio::io_context& loop, const Clock& clock, NodeSources sources)
    : settings_(std::move(settings)),
      clock_(clock),
      threads_(loop, kThreads, most_questions(settings_.http)),
      parts_{
          .settings = settings_, .node = node, .blocks = blocks, .machine = machine, .loop = loop, .threads = threads_},
      policy_(settings_.http),
      origins_(settings_.http.cors_origins),
      intake_(node, loop, settings_.patience),
      transactions_(parts_, intake_),
      contracts_(parts_, sources.drivers),
      simulations_(parts_, contracts_.drivers(), clock),
      fees_(parts_),
      state_(parts_, contracts_.drivers()),
      chain_events_(events_, blocks),
      archive_(settings_.archive_database.empty() ? nullptr
                                                  : std::make_unique<ArchiveReader>(settings_.archive_database, loop)),
      archive_routes_(parts_, archive_.get(), sources.archive_progress, contracts_.drivers(), clock),
      graphql_(archive_ ? graphql::archive_schema() : std::string(graphql::kLedgerSchema)) {
    add_operator_routes(table_, parts_, [this] { return use(); }, sources.archive_progress);
    add_node_routes(table_, parts_, std::move(sources.public_parameters), archive_.get());
    add_blob_routes(table_, std::move(sources.blobs));
    add_prover_routes(table_, sources.prover, std::move(sources.unprovable), threads_);
    if (sources.page != nullptr) add_page_routes(table_, *sources.page, settings_.http.page_origins);
    add_static_routes(table_, parts_);
    if (sources.faucet) add_faucet_routes(table_, std::move(sources.faucet));
    transactions_.add_to(table_);
    simulations_.add_to(table_);
    fees_.add_to(table_);
    state_.add_to(table_);
    archive_routes_.add_to(table_);
    contracts_.add_to(table_);
    add_events();
    add_graphql();
    add_json_rpc(sources.prover.has_value());
    if (settings_.http.docs) add_document_routes(table_, settings_.version);
}

HttpUse NodeService::use() const {
    return {.server = connections_ ? connections_() : ConnectionCounts{},
            .policy = policy_.counters(),
            .listeners = events_.listeners(),
            .cut_off = events_.cut_off()};
}

void NodeService::add_events() {
    table_.add("GET", "/on", RequestClass::other_http,
               [](RouteRequest) -> asio::awaitable<HttpResponse> { co_return not_upgraded(); });
    const auto add = [this](std::string component, bool has_entity, RequestClass kind) {
        const RouteHandler handler = [this, component,
                                      has_entity](RouteRequest request) -> asio::awaitable<HttpResponse> {
            Subscription wanted{.component = component, .topic = request.parameters.back()};
            if (has_entity) wanted.entity = request.parameters.front();
            co_return change_subscription(events_, request.http, std::move(wanted));
        };
        const std::string pattern = "/on/" + component + (has_entity ? ":{}/{}" : "/{}");
        table_.add("GET", pattern, kind, handler);
        table_.add("DELETE", pattern, kind, handler);
    };
    for (const char* component : {"transactions", "blocks"}) {
        add(component, false, RequestClass::other_rues);
        add(component, true, RequestClass::other_rues);
    }
    add("contracts", true, RequestClass::contract_query);
}

graphql::Resolver NodeService::ledger_resolver() const {
    const auto queries = std::make_shared<graphql::LedgerQueries>(
        parts_.blocks, parts_.node.core().mempool(), graphql::QueryLimits{.has_archive = archive_ != nullptr});
    return [queries](std::string_view field, const nlohmann::json& arguments, const nlohmann::json& selection) {
        return queries->resolve(field, arguments, selection);
    };
}

asio::awaitable<HttpResponse> NodeService::answer_graphql(graphql::Execute execute) {
    if (!archive_) co_return execute(ledger_resolver());
    const graphql::MakeResolver make_resolver = [this] { return ledger_resolver(); };
    const graphql::ReadEvent read = read_event;
    co_return co_await graphql::answer_with_archive(std::move(execute), make_resolver, *archive_, read);
}

void NodeService::add_graphql() {
    const RouteHandler handler = [this](RouteRequest request) -> asio::awaitable<HttpResponse> {
        const graphql::Execute execute = [this, &request](const graphql::Resolver& resolver) {
            return graphql::answer(graphql_, resolver, request.http);
        };
        co_return co_await answer_graphql(execute);
    };
    table_.add("GET", "/graphql", RequestClass::graphql, handler);
    table_.add("POST", "/graphql", RequestClass::graphql, handler);
    table_.add("POST", "/on/graphql/query", RequestClass::graphql,
               [this](RouteRequest request) -> asio::awaitable<HttpResponse> {
                   const graphql::Execute execute = [this, &request](const graphql::Resolver& resolver) {
                       return graphql::answer_legacy(graphql_, resolver, request.http);
                   };
                   co_return co_await answer_graphql(execute);
               });
}

void NodeService::add_json_rpc(bool has_prover) {
    // Calls count for the limits of their kind, as requests do.
    const auto admit = [this](RequestClass kind,
                              const asio::ip::address& client) -> jsonrpc::Answer<jsonrpc::Dispatcher::Place> {
        const HttpRequest call{.method = "POST",
                               .path = std::string(jsonrpc::JsonRpc::kPath),
                               .headers = {},
                               .body = {},
                               .client = client};
        auto place = policy_.admit(call, kind, clock_.monotonic_time());
        if (!place) return fail(over_limits(place.error()));
        return *std::move(place);
    };
    json_rpc_.emplace(jsonrpc::Backend{.parts = parts_,
                                       .intake = intake_,
                                       .simulations = simulations_,
                                       .fees = fees_,
                                       .drivers = contracts_.drivers(),
                                       .archive = archive_.get(),
                                       .has_prover = has_prover},
                      table_, admit, clock_);
    json_rpc_->add_to(table_);
}

asio::awaitable<HttpResponse> NodeService::handle(HttpRequest request) {
    const HttpHeaders headers = request.headers;
    HttpResponse response = co_await answer(std::move(request));
    complete(headers, response);
    co_return response;
}

std::optional<HttpResponse> NodeService::refuse_socket(const HttpRequest& request) {
    auto place = policy_.admit(request, RequestClass::other_http, clock_.monotonic_time());
    if (place) return {};
    complete(request.headers, place.error());
    return std::move(place.error());
}

std::optional<HttpResponse> NodeService::refuse_rpc_socket(const HttpRequest& request) {
    const std::string_view origin = request.header("Origin");
    // The page of this very node: "http://HOST".
    const std::size_t scheme = origin.find("://");
    const bool is_own = scheme != std::string_view::npos && origin.substr(scheme + 3) == request.header("Host");
    if (!origin.empty() && !is_own && !origins_.allows(origin)) {
        HttpResponse out = HttpResponse::error(403, "pages of this origin may not: see http.cors_origins");
        complete(request.headers, out);
        return out;
    }
    return refuse_socket(request);
}

void NodeService::complete(const HttpHeaders& request, HttpResponse& response) const {
    echo_headers(request, response);
    response.headers.emplace_back("Rusk-Version", settings_.version);
    const auto origin =
        std::ranges::find_if(request, [](const auto& one) { return lower_case(one.first) == "origin"; });
    origins_.allow(origin == request.end() ? std::string_view() : std::string_view(origin->second), response);
    for (const auto& header : settings_.http.headers) response.headers.push_back(header);
}

asio::awaitable<HttpResponse> NodeService::answer(HttpRequest request) {
    const auto match = table_.find(request.path);
    // Held until the answer is there.
    const auto place = policy_.admit(request, kind_of(match, request), clock_.monotonic_time());
    if (!place) co_return place.error();
    if (auto preflight = origins_.preflight(request)) co_return *std::move(preflight);
    if (!match) co_return no_such_path();
    co_return co_await answer_at(*match, std::move(request));
}

asio::awaitable<HttpResponse> NodeService::answer_at(const RouteTable::Match& match, HttpRequest request) {
    const RouteTable::Route* const route = match.path->route(request.method);
    if (route == nullptr) co_return other_method(match.path->allowed());
    if (request.body.size() > route->most_body) co_return length_exceeded(request.has_header("Content-Length"));
    RouteRequest asked{.http = std::move(request)};
    if (match.path->pattern.starts_with(kRues)) {
        if (auto refusal = refuse_version(asked.http, settings_.version)) co_return *std::move(refusal);
        if (asked.http.method == "POST") {
            if (auto refusal = refuse_headers(asked.http)) co_return *std::move(refusal);
            asked.body = read_body(asked.http);
            if (!asked.body.valid_text) co_return HttpResponse::error(422, "Invalid payload: Invalid utf8");
        }
    }
    if (!match.parameters) co_return no_such_url();
    asked.parameters = *match.parameters;
    co_return co_await ask(match, *route, std::move(asked));
}

std::optional<std::string> NodeService::question_of(const RouteTable::Match& match, const RouteRequest& request) const {
    if (std::ranges::find(kRemembered, match.path->pattern) == kRemembered.end()) return {};
    const bool is_graphql = match.path->kind == RequestClass::graphql;
    if (is_graphql && archive_ && may_ask_archive(request.http)) return {};
    // Others of these paths are subscriptions; JSON goes through drivers, which come and go.
    if (!is_graphql && (request.http.method != "POST" || request.body.is_json)) return {};
    return memory_.question(request.http);
}

asio::awaitable<HttpResponse> NodeService::ask(const RouteTable::Match& match, const RouteTable::Route& route,
                                               RouteRequest request) {
    auto question = question_of(match, request);
    if (!question) co_return co_await route.handler(std::move(request));
    if (const HttpResponse* const known = memory_.find(*question)) co_return *known;
    const std::uint64_t since = memory_.changes();
    HttpResponse answer = co_await route.handler(std::move(request));
    memory_.keep(*std::move(question), since, answer);
    co_return answer;
}

void NodeService::stop() {
    contracts_.stop();
    threads_.stop();
    simulations_.stop();
    if (archive_) archive_->stop();
    events_.end();
    json_rpc_->stop();
}

void NodeService::on_action(const node::CoreAction& action) {
    memory_.on_action(action);
    chain_events_.on_action(action);
    intake_.on_action(action);
    json_rpc_->on_action(action);
    fees_.on_action(action);
}

}  // namespace dusk::rpc
