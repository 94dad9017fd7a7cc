#include "rpc/jsonrpc/json_rpc.hpp"

#include "rpc/http_server.hpp"
#include "rpc/jsonrpc/open_rpc.hpp"
#include "rpc/jsonrpc/subscription_methods.hpp"
#include "rpc/jsonrpc/values.hpp"
#include "rpc/route_reference.hpp"

namespace dusk::rpc::jsonrpc {
namespace {

namespace asio = boost::asio;

// So that numbers go on ascending when the node is started again.
std::uint64_t first_sequence(const Clock& clock) {
    const auto now = std::chrono::duration_cast<std::chrono::microseconds>(clock.wall_time().time_since_epoch());
    return static_cast<std::uint64_t>(std::max<std::int64_t>(now.count(), 1));
}

HttpResponse not_upgraded() {
    HttpResponse out =
        HttpResponse::error(426, "POST a request of JSON-RPC 2.0 here, or open a WebSocket; docs: rpc.discover");
    out.headers.emplace_back("Upgrade", "websocket");
    return out;
}

}  // namespace

JsonRpc::JsonRpc(const Backend& backend, const RouteTable& routes, Dispatcher::Admit admit, const Clock& clock)
    : backend_(backend),
      hub_({}, first_sequence(clock), clock),
      events_(hub_, backend.parts.blocks),
      consensus_(hub_, backend.parts.node, clock),
      dispatcher_(table_, {}, backend.archive != nullptr, std::move(admit), backend.parts.loop) {
    add_own_methods(routes);
    add_node_methods(table_, backend_);
    add_block_methods(table_, backend_);
    add_transaction_methods(table_, backend_);
    add_contract_methods(table_, backend_);
    add_account_methods(table_, backend_);
    add_fee_methods(table_, backend_);
    add_archive_methods(table_, backend_);
    add_subscription_methods(table_, consensus_);
}

void JsonRpc::add_own_methods(const RouteTable& routes) {
    using namespace schema;
    table_.add({.name = "rpc.discover",
                .meaning = "This interface, as an OpenRPC document.",
                .result = described({{"type", "object"}}, "the document"),
                .handler = at_once([this](const Params&) -> Answer<Json> { return open_rpc(table_); })});
    table_.add({.name = "node.capabilities",
                .meaning = "What this node can answer, and its limits.",
                .result = object({{"archive", boolean()},
                                  {"prover", boolean()},
                                  {"votes", described(boolean(), "it has the key of a provisioner")},
                                  {"subscriptions", list_of(text())},
                                  {"methods", list_of(text())},
                                  {"limits", described({{"type", "object"}}, "bytes, counts, milliseconds and gas")}}),
                .handler = at_once([this](const Params&) -> Answer<Json> { return capabilities(); })});
    table_.add({.name = "node.routes",
                .meaning = "The paths of the HTTP interface beside this one.",
                .result = list_of(object({{"method", text()},
                                          {"path", text()},
                                          {"meaning", text()},
                                          {"body", text()},
                                          {"statuses", list_of(integer())},
                                          {"limits", described(text(), "whose limits a request counts for")}})),
                .handler = at_once([&routes](const Params&) -> Answer<Json> { return route_reference(routes); })});
}

Json JsonRpc::capabilities() const {
    Json methods = Json::array();
    for (const Method& one : table_.methods()) {
        if (dispatcher_.can_answer(one, true)) methods.push_back(one.name);
    }
    Json channels = Json::array();
    for (const std::string_view name : kChannels) channels.push_back(name);
    const NodeServiceSettings& settings = backend_.parts.settings;
    const HubLimits& hub = hub_.limits();
    using Milliseconds = std::chrono::milliseconds;
    return {{"archive", backend_.archive != nullptr},
            {"prover", backend_.has_prover},
            {"votes", settings.provisioner.has_value()},
            {"subscriptions", std::move(channels)},
            {"methods", std::move(methods)},
            {"limits",
             {{"body_bytes", HttpLimits{}.body},
              {"message_bytes", session_limits_.socket.message},
              {"batch", dispatcher_.limits().request.batch},
              {"nesting", dispatcher_.limits().request.nesting},
              {"values", dispatcher_.limits().request.values},
              {"answer_bytes", dispatcher_.limits().answer},
              {"sessions", hub.sessions},
              {"subscriptions", hub.subscriptions},
              {"replay_events", hub.log.events},
              {"replay_bytes", hub.log.bytes},
              {"replay_linger_ms", Milliseconds(hub.log.linger).count()},
              {"ping_ms", Milliseconds(session_limits_.socket.silence).count() / 2},
              {"silence_ms", Milliseconds(session_limits_.socket.silence).count()},
              {"call_gas", u64(settings.block_gas_limit.value)}}}};
}

void JsonRpc::add_to(RouteTable& routes) {
    routes.add("POST", std::string(kPath), RequestClass::other_http,
               [this](RouteRequest request) { return answer(std::move(request)); });
    routes.add("GET", std::string(kPath), RequestClass::other_http,
               [](RouteRequest) -> asio::awaitable<HttpResponse> { co_return not_upgraded(); });
}

asio::awaitable<HttpResponse> JsonRpc::answer(RouteRequest request) {
    std::string text(request.http.body.begin(), request.http.body.end());
    request.http.body = {};
    const std::string answered =
        co_await dispatcher_.answer(std::move(text), {.client = request.http.client, .is_counted = true});
    if (answered.empty()) co_return HttpResponse{.status = 204, .headers = {}, .body = {}};
    co_return HttpResponse::json(200, answered);
}

void JsonRpc::on_action(const node::CoreAction& action) {
    events_.on_action(action);
    consensus_.on_action(action);
}

asio::awaitable<void> JsonRpc::serve(HttpStream stream, UpgradeRequest request, asio::ip::address client) {
    return serve_session(std::move(stream), std::move(request), std::move(client), dispatcher_, hub_, unsent_,
                         backend_.parts.settings.version, session_limits_);
}

void JsonRpc::stop() {
    hub_.end();
    consensus_.stop();
}

}  // namespace dusk::rpc::jsonrpc
