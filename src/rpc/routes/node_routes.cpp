#include "rpc/routes/node_routes.hpp"

#include <fmt/core.h>

#include <charconv>
#include <limits>
#include <nlohmann/json.hpp>

#include "base/cases.hpp"
#include "base/hex.hpp"
#include "crypto/sha2.hpp"
#include "execution/state_queries.hpp"
#include "ledger/charges.hpp"
#include "ledger/hex_name.hpp"
#include "rpc/answers.hpp"
#include "rpc/archive_counts.hpp"
#include "rpc/routes/gas_price.hpp"
#include "rpc/stake_view.hpp"

namespace dusk::rpc {
namespace {

namespace asio = boost::asio;
using Json = nlohmann::json;

std::string_view text_of(const RequestBody& body) {
    const ByteView bytes = body.bytes.reveal();
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::optional<std::size_t> count_of(std::string_view text) {
    std::size_t out = 0;
    const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (text.empty() || wrong != std::errc() || end != text.data() + text.size()) return {};
    return out;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kSpace = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(kSpace);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

// What is active from which height on: all of it from the first block, and Phoenix is never taken away.
Json features() {
    Json out{{"DISABLE_PHOENIX", std::numeric_limits<std::uint64_t>::max()}};
    for (const char* name :
         {"ABI_PUBLIC_SENDER", "BLOB", "DISABLE_WASM64", "HARDFORK_AEGIS", "HARDFORK_BOREAS", "HQ_KECCAK256",
          "HQ_SECP256K1_RECOVER", "HQ_SHA256", "HQ_VERIFY_KZG_PROOF", "PLONK_V2", "WASM_REFERENCE_TYPES"}) {
        out[name] = 1;
    }
    return out;
}

// "3s", "1s 500ms"
std::string duration_text(std::chrono::milliseconds time) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
    const auto rest = (time - seconds).count();
    if (rest == 0) return fmt::format("{}s", seconds.count());
    return seconds.count() == 0 ? fmt::format("{}ms", rest) : fmt::format("{}s {}ms", seconds.count(), rest);
}

HttpResponse info(const NodeParts& parts) {
    const NodeServiceSettings& settings = parts.settings;
    return json_answer({{"bootstrapping_nodes", settings.bootstrapping_nodes},
                        {"chain_id", static_cast<unsigned>(settings.network->chain_id)},
                        {"kadcast_address", parts.node.own_address().to_text()},
                        {"version", settings.version},
                        {"version_build", settings.build},
                        {"vm_config",
                         {{"block_gas_limit", settings.block_gas_limit.value},
                          {"features", features()},
                          {"gas_per_blob", ledger::kGasPerBlob},
                          {"gas_per_deploy_byte", ledger::kGasPerDeployByte},
                          {"generation_timeout", duration_text(settings.generation_timeout)},
                          {"min_deploy_points", ledger::kMinDeployCharge.value},
                          {"min_deployment_gas_price", ledger::kMinDeployPrice.value}}}});
}

std::optional<Json> stake_json(const ledger::StakeEntry& entry) {
    const auto view = stake_view(entry);
    if (!view) return {};
    return Json{{"amount", view->amount.value.value},
                {"eligibility", view->amount.eligibility.value},
                {"faults", entry.data.faults},
                {"hard_faults", entry.data.hard_faults},
                {"key", view->account},
                {"locked_amt", view->amount.locked.value},
                {"owner", {{view->is_owned_by_contract ? "Contract" : "Account", view->owner}}},
                {"reward", entry.data.reward.value}};
}

HttpResponse provisioners(vm::Session& session) {
    const auto stakes = execution::StateQueries(session).stakes();
    if (!stakes) return internal_error();
    Json out = Json::array();
    for (const ledger::StakeEntry& entry : *stakes) {
        if (auto one = stake_json(entry)) out.push_back(*std::move(one));
    }
    return json_answer(out);
}

HttpResponse parameters_answer(const std::optional<Bytes>& bytes, bool is_binary) {
    if (!bytes) return internal_error();
    HttpResponse out = bytes_answer(*bytes, is_binary);
    out.headers.emplace_back("crs-hash", to_hex(crypto::sha256(*bytes)));
    return out;
}

HttpResponse peers(const NodeParts& parts, std::string_view body) {
    const auto count = count_of(trimmed(body));
    if (!count) return invalid_input("invalid amount");
    Json out = Json::array();
    for (const node::Peer& peer : parts.node.status().peers) {
        if (out.size() == *count) break;
        out.push_back(peer.to_text());
    }
    return json_answer(out);
}

HttpResponse gas_price(const NodeParts& parts, std::string_view body) {
    std::vector<std::uint64_t> prices;
    for (const auto& one : parts.node.core().mempool().best(count_of(body).value_or(SIZE_MAX))) {
        prices.push_back(one->transaction.gas_price().value);
    }
    const PriceSummary sums = summary_of(prices);
    return json_answer({{"average", sums.average}, {"max", sums.max}, {"median", sums.median}, {"min", sums.min}});
}

asio::awaitable<HttpResponse> about_node(NodeParts parts, FileReader parameters, RouteRequest request) {
    const std::string& topic = request.parameters.at(0);
    if (topic == "info") co_return info(parts);
    if (topic == "provisioners") {
        auto session = parts.session_at_tip();
        if (!session) co_return session.error();
        auto answer = co_await parts.threads.ask([session = *std::move(session)] { return provisioners(*session); });
        co_return answer ? *std::move(answer) : too_many_requests();
    }
    if (topic == "crs") {
        auto answer = co_await parts.threads.ask([&parameters, is_binary = request.body.binary_answer] {
            return parameters_answer(parameters ? parameters() : std::nullopt, is_binary);
        });
        co_return answer ? *std::move(answer) : too_many_requests();
    }
    co_return unsupported();
}

HttpResponse about_network(const NodeParts& parts, const RouteRequest& request) {
    const std::string& topic = request.parameters.at(0);
    if (topic == "peers") return peers(parts, text_of(request.body));
    if (topic == "peers_location") return json_answer(Json::array());
    return unsupported();
}

HttpResponse about_blocks(const NodeParts& parts, const RouteRequest& request) {
    if (request.parameters.at(0) != "gas-price") return unsupported();
    return gas_price(parts, text_of(request.body));
}

asio::awaitable<HttpResponse> about_archive(ArchiveReader* archive, RouteRequest request) {
    const std::string& topic = request.parameters.at(0);
    if (topic == "account_count") co_return co_await answer_count(archive, ArchiveCount::accounts);
    if (topic == "tx_count") co_return co_await answer_count(archive, ArchiveCount::transactions);
    co_return unsupported();
}

}  // namespace

void add_node_routes(RouteTable& table, const NodeParts& parts, FileReader public_parameters, ArchiveReader* archive) {
    constexpr auto kKind = RequestClass::other_rues;
    table.add("POST", "/on/node/{}", kKind, [parts, public_parameters](RouteRequest request) {
        return about_node(parts, public_parameters, std::move(request));
    });
    table.add("POST", "/on/network/{}", kKind, [parts](RouteRequest request) -> asio::awaitable<HttpResponse> {
        co_return about_network(parts, request);
    });
    table.add("POST", "/on/blocks/{}", kKind, [parts](RouteRequest request) -> asio::awaitable<HttpResponse> {
        co_return about_blocks(parts, request);
    });
    table.add("POST", "/on/stats/{}", kKind,
              [archive](RouteRequest request) { return about_archive(archive, std::move(request)); });
}

}  // namespace dusk::rpc
