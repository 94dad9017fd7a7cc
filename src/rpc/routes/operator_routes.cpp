#include "rpc/routes/operator_routes.hpp"

#include <charconv>
#include <nlohmann/json.hpp>

#include "base/hex.hpp"
#include "ledger/hex_name.hpp"
#include "rpc/answers.hpp"
#include "rpc/archive_progress_json.hpp"
#include "rpc/label_name.hpp"
#include "rpc/network_report.hpp"
#include "rpc/node_metrics.hpp"
#include "rpc/prometheus_text.hpp"
#include "rpc/status_report.hpp"

namespace dusk::rpc {
namespace {

namespace asio = boost::asio;
using Json = nlohmann::ordered_json;

HttpResponse json(unsigned status, const Json& body) {
    return HttpResponse::json(status, body.dump(-1, ' ', false, Json::error_handler_t::replace));
}

template <class Number>
std::optional<Number> number_of(std::string_view text) {
    Number out{};
    const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (wrong != std::errc() || end != text.data() + text.size()) return {};
    return out;
}

HttpResponse health(const NodeParts& parts) {
    if (parts.node.failure().empty()) return json(200, {{"healthy", true}});
    return json(503, {{"healthy", false}, {"reason", parts.node.failure()}});
}

HttpResponse ready(const NodeParts& parts) {
    const chain::ServiceStatus chain = parts.node.status().core.chain;
    const bool is_ready = parts.node.failure().empty() && chain.in_sync && !chain.stalled;
    Json out{{"ready", is_ready}};
    if (!is_ready) out["reason"] = chain.stalled ? "the chain does not move" : "the node is catching up";
    return json(is_ready ? 200 : 503, out);
}

HttpResponse metrics(const NodeParts& parts, const HttpUse& use, const AskArchiveProgress& archive) {
    NodeFacts facts{.version = parts.settings.build,
                    .network = std::string(parts.settings.network->name),
                    .has_keys = parts.settings.provisioner.has_value(),
                    .process = node::process_use(),
                    .http = use,

                    .archive = archive ? std::optional(archive()) : std::nullopt};
    if (const auto tip = parts.blocks.tip(); tip && *tip) facts.tip_timestamp = (*tip)->timestamp;
    return HttpResponse::text(200, kPrometheusType, node_metrics(parts.node.status(), facts));
}

HttpResponse network(const NodeParts& parts, Json (*report)(const node::NetworkView&)) {
    const auto view = parts.node.status().network;
    if (!view) return HttpResponse::error(503, "the node has not joined its network yet");
    return json(200, report(*view));
}

HttpResponse objects(const NodeParts& parts, std::string_view after) {
    const auto number = number_of<std::uint64_t>(after);
    if (!number) return invalid_input("not a number");
    const auto view = parts.node.status().network;
    if (!view) return HttpResponse::error(503, "the node has not joined its network yet");
    return json(200, network_objects(*view, parts.node.objects_after(*number)));
}

HttpResponse block(const NodeParts& parts, std::string_view text) {
    const auto number = number_of<std::uint64_t>(text);
    if (!number) return invalid_input("not a height");
    const auto at = parts.blocks.at(ledger::Height{*number});
    if (!at) return internal_error();
    if (!*at) return not_found("no block at this height");
    const auto stored = parts.blocks.block((*at)->hash);
    if (!stored) return internal_error();
    if (!*stored) return not_found("no such block");
    const ledger::BlockHeader& header = (*stored)->header;
    Json transactions = Json::array();
    for (const auto& one : (*stored)->transactions) transactions.push_back(hex(one.id()));
    return json(200, {{"height", header.height.value},
                      {"hash", hex(header.hash)},
                      {"prev_block_hash", hex(header.prev_block_hash)},
                      {"timestamp", header.timestamp},
                      {"iteration", header.iteration},
                      {"state_root", hex(header.state_root)},
                      {"generator", hex(header.generator)},
                      {"label", label_name((*at)->label.kind)},
                      {"transactions", transactions}});
}

HttpResponse transaction(const NodeParts& parts, std::string_view text) {
    const auto bytes = from_hex(text);
    if (!bytes || bytes->size() != ledger::TransactionId::kSize) {
        return invalid_input("not the id of a transaction");
    }
    const ledger::TransactionId id{take<ledger::TransactionId::kSize>(*bytes)};
    if (parts.node.core().pool().has(id)) return json(200, {{"state", "waiting"}});
    const auto spent = parts.blocks.transaction(id);
    if (!spent) return internal_error();
    if (!*spent) return not_found("no such transaction");
    const auto at = parts.blocks.at((*spent)->block_height);
    if (!at) return internal_error();
    Json out{{"state", *at ? label_name((*at)->label.kind) : "accepted"},
             {"height", (*spent)->block_height.value},
             {"gas_spent", (*spent)->gas_spent.value},
             {"error", nullptr}};
    if ((*spent)->error) out["error"] = *(*spent)->error;
    return json(200, out);
}

}  // namespace

void add_operator_routes(RouteTable& table, const NodeParts& parts, std::function<HttpUse()> use,
                         AskArchiveProgress archive) {
    const auto get = [&](std::string pattern, auto answer) {
        table.add(
            "GET", std::move(pattern), RequestClass::other_http,
            [answer](RouteRequest request) -> asio::awaitable<HttpResponse> { co_return answer(request.parameters); });
    };
    using Parameters = PathParameters;
    get("/status", [parts, archive](const Parameters&) {
        Json out = status_report(parts);
        if (archive) out["archive"] = archive_json(archive());
        return json(200, out);
    });
    for (const char* path : {"/health", "/healthz"}) {
        get(path, [parts](const Parameters&) { return health(parts); });
    }
    for (const char* path : {"/ready", "/readyz"}) {
        get(path, [parts](const Parameters&) { return ready(parts); });
    }
    get("/metrics",
        [parts, use = std::move(use), archive](const Parameters&) { return metrics(parts, use(), archive); });
    get("/network", [parts](const Parameters&) { return network(parts, network_summary); });
    get("/network/peers", [parts](const Parameters&) { return network(parts, network_peers); });
    get("/network/objects/{}", [parts](const Parameters& words) { return objects(parts, words.at(0)); });
    get("/blocks/{}", [parts](const Parameters& words) { return block(parts, words.at(0)); });
    get("/transactions/{}", [parts](const Parameters& words) { return transaction(parts, words.at(0)); });
}

}  // namespace dusk::rpc
