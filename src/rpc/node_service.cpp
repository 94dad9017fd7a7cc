#include "rpc/node_service.hpp"

#include <fmt/core.h>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <charconv>
#include <nlohmann/json.hpp>

#include "base/hex.hpp"
#include "execution/state_queries.hpp"
#include "ledger/charges.hpp"
#include "ledger/hex_name.hpp"
#include "ledger/transaction.hpp"
#include "rpc/graphql/ledger_queries.hpp"
#include "rpc/graphql/routes.hpp"
#include "rpc/network_report.hpp"
#include "rpc/node_metrics.hpp"
#include "rpc/prometheus_text.hpp"
#include "rpc/request_body.hpp"
#include "rpc/rues_rules.hpp"

namespace dusk::rpc {
namespace {

namespace asio = boost::asio;
using Json = nlohmann::ordered_json;

constexpr std::string_view kBlocks = "/blocks/";
constexpr std::string_view kTransactions = "/transactions/";
constexpr std::string_view kAccount = "/on/account:";
constexpr std::string_view kContracts = "/on/contracts:";
constexpr std::string_view kStatus = "/status";
constexpr std::string_view kNetwork = "/network";
constexpr std::string_view kObjects = "/network/objects/";
constexpr std::string_view kGraphQl = "/graphql";
constexpr std::string_view kOldGraphQl = "/on/graphql/query";
constexpr std::string_view kPropagate = "/on/transactions/propagate";

HttpResponse json(unsigned status, const Json& body) {
    return HttpResponse::json(status, body.dump(-1, ' ', false, Json::error_handler_t::replace));
}

HttpResponse only(std::string_view method) {
    return {.status = 405, .headers = {{"Allow", std::string(method)}}, .body = {}};
}

std::string_view to_text(ledger::Label::Kind kind) {
    switch (kind) {
        case ledger::Label::Kind::accepted:
            return "accepted";
        case ledger::Label::Kind::attested:
            return "attested";
        case ledger::Label::Kind::confirmed:
            return "confirmed";
        case ledger::Label::Kind::final:
            return "final";
    }
    return "";
}

// What clients of the released node are told who ask for /on without asking for a WebSocket.
HttpResponse not_upgraded() {
    return HttpResponse::text(400, "text/plain; charset=utf-8", "Connection header did not include 'upgrade'");
}

HttpResponse storage_error(const chain::StoreFailure&) { return HttpResponse::error(500, "Internal server error"); }

}  // namespace

NodeService::NodeService(NodeServiceSettings settings, node::Node& node, chain::BlockStore& blocks,
                         const vm::Machine& machine, asio::io_context& loop)
    : settings_(std::move(settings)),
      node_(node),
      blocks_(blocks),
      machine_(machine),
      loop_(loop),
      queries_({.gas = settings_.block_gas_limit, .feeder_gas = settings_.feeder_call_gas}, loop),
      graphql_(graphql::kLedgerSchema) {}

asio::awaitable<HttpResponse> NodeService::handle(HttpRequest request) {
    const HttpHeaders headers = request.headers;
    std::optional<HttpResponse> refusal;
    if (request.path.starts_with("/on/")) refusal = refuse_version(request, settings_.version);
    HttpResponse response = refusal ? *std::move(refusal) : co_await route(std::move(request));
    echo_headers(headers, response);
    response.headers.emplace_back("Rusk-Version", settings_.version);
    co_return response;
}

asio::awaitable<HttpResponse> NodeService::route(HttpRequest request) {
    const std::string_view path = request.path;
    if (path == "/on") co_return request.method == "GET" ? not_upgraded() : only("GET");
    const bool changes_subscription = request.method == "GET" || request.method == "DELETE";
    if (changes_subscription && path.starts_with("/on/") && is_event_path(path)) {
        co_return change_subscription(events_, request);
    }
    const bool is_get = request.method == "GET" || request.method == "HEAD";
    if (path == kGraphQl || path == kOldGraphQl) co_return graphql(request);
    if (path == kPropagate) {
        if (request.method != "POST") co_return only("POST");
        co_return co_await propagate(std::move(request));
    }
    if (path.starts_with(kContracts)) {
        if (request.method != "POST") co_return only("POST");
        co_return co_await contract(std::move(request));
    }
    if (path.starts_with("/on/")) co_return request.method == "POST" ? post(path) : only("POST");
    co_return is_get ? get(path) : only("GET");
}

HttpResponse NodeService::graphql(const HttpRequest& request) {
    const bool is_get = request.method == "GET" || request.method == "HEAD";
    const bool is_old = request.path == kOldGraphQl;
    if (request.method != "POST" && !(is_get && !is_old)) return only(is_old ? "POST" : "GET,HEAD,POST");
    const auto queries = std::make_shared<graphql::LedgerQueries>(blocks_, node_.core().mempool());
    const graphql::Resolver resolver = [queries](std::string_view field, const nlohmann::json& arguments,
                                                 const nlohmann::json& selection) {
        return queries->resolve(field, arguments, selection);
    };
    return is_old ? graphql::answer_legacy(graphql_, resolver, request) : graphql::answer(graphql_, resolver, request);
}

HttpResponse NodeService::get(std::string_view path) {
    if (path == kStatus) return status();
    if (path == "/health" || path == "/healthz") return health();
    if (path == "/metrics") return metrics();
    if (path.starts_with(kNetwork)) return network(path);
    if (path == "/ready" || path == "/readyz") return ready();
    if (path.starts_with(kBlocks)) return block(path.substr(kBlocks.size()));
    if (path.starts_with(kTransactions)) return transaction(path.substr(kTransactions.size()));
    return HttpResponse::error(404, "Path not found");
}

HttpResponse NodeService::post(std::string_view path) {
    if (path == "/on/node/info") return info();
    if (path.starts_with(kAccount) && path.ends_with(kStatus) && path.size() >= kAccount.size() + kStatus.size()) {
        return account(path.substr(kAccount.size(), path.size() - kAccount.size() - kStatus.size()));
    }
    return HttpResponse::error(404, "Path not found");
}

HttpResponse NodeService::status() const {
    const node::NodeStatus now = node_.status();
    const chain::ServiceStatus& chain = now.core.chain;
    Json out{{"height", chain.tip.value},
             {"hash", hex(chain.tip_hash)},
             {"final_height", chain.last_final.value},
             {"in_sync", chain.in_sync},
             {"stalled", chain.stalled},
             {"idle", chain.rests},
             {"best_claim", chain.best_claim.value},
             {"consensus", nullptr},
             {"mempool", now.core.pooled},
             {"unchecked", now.core.unchecked},
             {"peers", now.peers.size()},
             {"blocks_accepted", now.blocks_accepted},
             {"transactions_spent", now.transactions_spent},
             {"gas_spent", now.gas_spent},
             {"proofs_checked", now.proofs_checked}};
    if (now.network) out["messages"] = message_counts(now.network->counts);
    if (const auto& consensus = now.core.consensus) {
        out["consensus"] = {{"round", consensus->round},
                            {"iteration", consensus->iteration},
                            {"step", static_cast<unsigned>(consensus->step)}};
    }
    out["provisioners"] = now.core.provisioners;
    if (settings_.provisioner) {
        out["provisioner"] = settings_.provisioner->to_base58();
        out["eligible"] = now.core.eligible;
    }
    out["network"] = settings_.network->name;
    out["version"] = settings_.build;
    return json(200, out);
}

HttpResponse NodeService::health() const {
    if (node_.failure().empty()) return json(200, {{"healthy", true}});
    return json(503, {{"healthy", false}, {"reason", node_.failure()}});
}

HttpResponse NodeService::ready() const {
    const chain::ServiceStatus chain = node_.status().core.chain;
    const bool is_ready = node_.failure().empty() && chain.in_sync && !chain.stalled;
    Json out{{"ready", is_ready}};
    if (!is_ready) out["reason"] = chain.stalled ? "the chain does not move" : "the node is catching up";
    return json(is_ready ? 200 : 503, out);
}

HttpResponse NodeService::metrics() const {
    NodeFacts facts{.version = settings_.build,
                    .network = std::string(settings_.network->name),
                    .has_keys = settings_.provisioner.has_value(),
                    .process = node::process_use()};
    if (const auto tip = blocks_.tip(); tip && *tip) facts.tip_timestamp = (*tip)->timestamp;
    return HttpResponse::text(200, kPrometheusType, node_metrics(node_.status(), facts));
}

HttpResponse NodeService::network(std::string_view path) const {
    if (path.starts_with(kObjects)) return objects(path.substr(kObjects.size()));
    const auto view = node_.status().network;
    if (!view) return HttpResponse::error(503, "the node has not joined its network yet");
    if (path == kNetwork) return json(200, network_summary(*view));
    if (path == "/network/peers") return json(200, network_peers(*view));
    return HttpResponse::error(404, "Path not found");
}

HttpResponse NodeService::objects(std::string_view after) const {
    std::uint64_t number = 0;
    const auto [end, wrong] = std::from_chars(after.data(), after.data() + after.size(), number);
    if (wrong != std::errc() || end != after.data() + after.size()) {
        return HttpResponse::error(400, "Invalid input: not a number");
    }
    const auto view = node_.status().network;
    if (!view) return HttpResponse::error(503, "the node has not joined its network yet");
    return json(200, network_objects(*view, node_.objects_after(number)));
}

HttpResponse NodeService::info() const {
    Json nodes = Json::array();
    for (const std::string& name : settings_.bootstrapping_nodes) nodes.push_back(name);
    return json(200, {{"bootstrapping_nodes", nodes},
                      {"chain_id", static_cast<unsigned>(settings_.network->chain_id)},
                      {"kadcast_address", node_.own_address().to_text()},
                      {"version", settings_.version},
                      {"version_build", settings_.build},
                      {"vm_config",
                       {{"block_gas_limit", settings_.block_gas_limit.value},
                        {"gas_per_blob", ledger::kGasPerBlob},
                        {"gas_per_deploy_byte", ledger::kGasPerDeployByte},
                        {"generation_timeout", fmt::format("{}ms", settings_.generation_timeout.count())},
                        {"min_deploy_points", ledger::kMinDeployCharge.value},
                        {"min_deployment_gas_price", ledger::kMinDeployPrice.value}}}});
}

HttpResponse NodeService::block(std::string_view text) {
    ledger::Height height{};
    const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), height.value);
    if (wrong != std::errc() || end != text.data() + text.size()) {
        return HttpResponse::error(400, "Invalid input: not a height");
    }
    const auto at = blocks_.at(height);
    if (!at) return storage_error(at.error());
    if (!*at) return HttpResponse::error(404, "Not found: no block at this height");
    const auto stored = blocks_.block((*at)->hash);
    if (!stored) return storage_error(stored.error());
    if (!*stored) return HttpResponse::error(404, "Not found: no such block");
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
                      {"label", to_text((*at)->label.kind)},
                      {"transactions", transactions}});
}

HttpResponse NodeService::transaction(std::string_view text) {
    const auto bytes = from_hex(text);
    if (!bytes || bytes->size() != ledger::TransactionId::kSize) {
        return HttpResponse::error(400, "Invalid input: not the id of a transaction");
    }
    const ledger::TransactionId id{take<ledger::TransactionId::kSize>(*bytes)};
    if (node_.core().pool().has(id)) return json(200, {{"state", "waiting"}});
    const auto spent = blocks_.transaction(id);
    if (!spent) return storage_error(spent.error());
    if (!*spent) return HttpResponse::error(404, "Not found: no such transaction");
    const auto at = blocks_.at((*spent)->block_height);
    if (!at) return storage_error(at.error());
    Json out{{"state", *at ? to_text((*at)->label.kind) : "accepted"},
             {"height", (*spent)->block_height.value},
             {"gas_spent", (*spent)->gas_spent.value},
             {"error", nullptr}};
    if ((*spent)->error) out["error"] = *(*spent)->error;
    return json(200, out);
}

HttpResponse NodeService::account(std::string_view text) {
    const auto key = ledger::AccountKey::from_base58(text);
    if (!key) return HttpResponse::error(400, "Invalid input: Invalid bs58 account");
    const auto session = session_at_tip();
    if (!session) return session.error();
    const auto account = execution::StateQueries(**session).account(*key);
    if (!account) return HttpResponse::error(500, "Internal server error");
    return json(200, {{"balance", account->balance.value},
                      {"next_nonce", node_.core().next_nonce(*key, account->nonce).value},
                      {"nonce", account->nonce.value}});
}

Result<std::unique_ptr<vm::Session>, HttpResponse> NodeService::session_at_tip() {
    const auto tip = blocks_.tip();
    if (!tip) return fail(storage_error(tip.error()));
    if (!*tip) return fail(HttpResponse::error(404, "Not found: no block yet"));
    auto session = machine_.session((*tip)->state_root.bytes, static_cast<std::uint8_t>(settings_.network->chain_id),
                                    (*tip)->height.value);
    if (!session) return fail(HttpResponse::error(500, "Internal server error"));
    return *std::move(session);
}

asio::awaitable<HttpResponse> NodeService::contract(HttpRequest request) {
    const std::string_view text = std::string_view(request.path).substr(kContracts.size());
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos || slash == 0 || slash + 1 == text.size()) {
        co_return HttpResponse::error(404, "Invalid URL path");
    }
    const auto id = from_hex(text.substr(0, slash));
    if (!id || id->size() != ledger::ContractId::kSize) {
        co_return HttpResponse::error(400, "Invalid input: Invalid contract bytes");
    }
    auto session = session_at_tip();
    if (!session) co_return session.error();
    co_return co_await queries_.run(*std::move(session), take<ledger::ContractId::kSize>(*id),
                                    std::string(text.substr(slash + 1)), request);
}

asio::awaitable<HttpResponse> NodeService::propagate(HttpRequest request) {
    const RequestBody body = read_body(request);
    if (!body.valid_text) co_return HttpResponse::error(422, "Invalid payload: Invalid utf8");
    auto decoded = ledger::decode_any(body.bytes.reveal());
    if (!decoded) {
        co_return HttpResponse::error(400, fmt::format("Invalid input: Data: {}", to_string(decoded.error())));
    }
    const auto submission = node_.submit({.format = decoded->format, .transaction = std::move(decoded->transaction)});
    const std::string id = hex(submission.id);
    switch (submission.kind) {
        case node::Submission::Kind::known:
            co_return HttpResponse{.status = 202, .headers = {}, .body = {}};
        case node::Submission::Kind::busy: {
            HttpResponse out = HttpResponse::error(503, "too many transactions wait; try again later");
            out.headers.emplace_back("Retry-After", "1");
            co_return out;
        }
        case node::Submission::Kind::refused:
            co_return HttpResponse::error(400,
                                          fmt::format("Invalid input: Tx {} not accepted: {}", id, submission.text));
        case node::Submission::Kind::taken:
            break;
    }
    const auto waiter = std::make_shared<Waiter>(loop_);
    const auto place = waiters_.emplace(submission.id, waiter);
    waiter->timer.expires_after(settings_.patience);
    boost::system::error_code ended;
    co_await waiter->timer.async_wait(asio::redirect_error(asio::use_awaitable, ended));
    if (!waiter->decided) {
        waiters_.erase(place);
        co_return HttpResponse::error(503, "the transaction is still being checked");
    }
    if (waiter->refusal) {
        co_return HttpResponse::error(400,
                                      fmt::format("Invalid input: Tx {} not accepted: {}", id, waiter->refusal->text));
    }
    co_return HttpResponse{.status = 202, .headers = {}, .body = {}};
}

void NodeService::stop() {
    queries_.stop();
    events_.end();
}

void NodeService::on_action(const node::CoreAction& action) {
    chain_events_.on_action(action);
    if (const auto* added = std::get_if<node::TransactionAdded>(&action)) decide(added->id, {});
    if (const auto* deferred = std::get_if<node::TransactionDeferred>(&action)) decide(deferred->id, {});
    if (const auto* dropped = std::get_if<node::TransactionDropped>(&action)) decide(dropped->id, *dropped);
}

void NodeService::decide(const ledger::TransactionId& id, std::optional<node::TransactionDropped> refusal) {
    const auto [begin, end] = waiters_.equal_range(id);
    for (auto at = begin; at != end; ++at) {
        at->second->decided = true;
        at->second->refusal = refusal;
        at->second->timer.cancel();
    }
    waiters_.erase(begin, end);
}

}  // namespace dusk::rpc
