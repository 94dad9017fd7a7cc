#include "node/config.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "ledger/charges.hpp"
#include "node/config_http.hpp"
#include "node/config_kadcast.hpp"
#include "node/config_section.hpp"

namespace dusk::node {
namespace {

// What the protocol fixes: the released node refuses other values on networks that it knows.
struct FixedKey {
    std::string_view name;
    std::uint64_t value;
};
constexpr std::array kFixedVmKeys{
    FixedKey{"gas_per_deploy_byte", ledger::kGasPerDeployByte},
    FixedKey{"gas_per_blob", ledger::kGasPerBlob},
    FixedKey{"min_deploy_points", ledger::kMinDeployCharge.value},
    FixedKey{"min_deployment_gas_price", ledger::kMinDeployPrice.value},
};

void read_log(Section& top, NodeConfig& out) {
    std::string level = "info";
    std::string filter;
    top.text("log_level", level);
    top.text("log_filter", filter);
    out.log_filter = filter.empty() ? level : fmt::format("{},{}", level, filter);
    if (!parse_log_filter(out.log_filter)) {
        top.refuse(filter.empty() ? "log_level" : "log_filter", "has a part that is no level");
    }
    const auto type = top.text("log_type");
    if (!type) return;
    if (*type == "json") {
        out.log_form = LogForm::json;
    } else if (*type == "plain") {
        out.log_form = LogForm::plain;
    } else if (*type != "coloured") {
        top.refuse("log_type", "must be \"coloured\", \"plain\" or \"json\"");
    }
}

constexpr std::uint64_t kKeptBlocks = 86'400;  // of a pruned node: ten days

// How much of the past is kept.
void read_history(Section& chain, Section blob, chain::History& out) {
    const std::string mode = chain.text("mode").value_or("full");
    if (mode == "archive") {
        out.blobs.reset();
    } else if (mode == "pruned") {
        out.blocks = kKeptBlocks;
    } else if (mode != "full") {
        chain.refuse("mode", "must be \"archive\", \"full\" or \"pruned\"");
    }
    if (const auto blocks = chain.number("keep_blocks", chain::History::kLeastBlocks, 1'000'000'000)) {
        if (mode != "pruned") chain.refuse("keep_blocks", "is of a node with chain.mode = \"pruned\"");
        out.blocks = *blocks;
    }
    if (const auto blocks = blob.number("expire_after", 0, 1'000'000'000)) {
        out.blobs = *blocks == 0 ? std::nullopt : blocks;
    }
    blob.note_unknown();
}

void read_chain(Section& chain, Section blob, NodeConfig& out) {
    chain.path("db_path", out.db_path);
    chain.path("consensus_keys_path", out.consensus_keys_path);
    chain.path("genesis_file", out.genesis_file);
    chain.point_in_time("genesis_timestamp", out.genesis_timestamp);
    chain.number("min_gas_limit", out.min_gas_limit, 0, 3'000'000'000);
    chain.seconds("minimum_block_time", out.minimum_block_time, 0, 3600);
    chain.seconds("first_step_time", out.first_step_time, 1, 40);
    chain.duration("doppelganger_wait", out.doppelganger_wait);
    chain.number("max_queue_size", out.kadcast.inlet.chain, 1, 1'000'000);
    read_history(chain, std::move(blob), out.history);
    chain.note_unknown();
}

void read_vm(Section vm, NodeConfig& out) {
    vm.duration("generation_timeout", out.generation_timeout);
    vm.number("block_gas_limit", out.block_gas_limit, 1, std::numeric_limits<std::int64_t>::max());
    for (const FixedKey& fixed : kFixedVmKeys) {
        const auto value = vm.number(fixed.name, 0, std::numeric_limits<std::int64_t>::max());
        if (value && *value != fixed.value) {
            vm.refuse(fixed.name, fmt::format("is {} on every network and cannot be changed", fixed.value));
        }
    }
    vm.note_unknown();
}

void read_pool(Section pool, NodeConfig& out) {
    pool.number("max_mempool_txn_count", out.max_mempool_txn_count, 1, 1'000'000);
    pool.number("max_queue_size", out.max_queue_size, 0, 1'000'000);
    pool.number("max_moonlight_future_nonce_per_account", out.max_future_nonces, 0, 1'000'000);
    pool.duration("idle_interval", out.idle_interval);
    pool.duration("mempool_expiry", out.mempool_expiry);
    pool.note_unknown();
}

void read_network(Section& top, NodeConfig& out) {
    const auto name = top.text("network");
    if (name) {
        out.network = ledger::network_named(*name);
        if (out.network == nullptr) top.refuse("network", "must be \"devnet\" or \"rusk\"");
    }
    Section kadcast = top.section("kadcast");
    if (const auto id = kadcast.number("kadcast_id", 0, 255)) {
        const auto known = ledger::networks();
        const auto at = std::ranges::find(known, *id, &ledger::Network::kadcast_id);
        if (at == known.end()) {
            kadcast.refuse("kadcast_id", "is no network of this program: 100 (devnet) or 0 (rusk)");
        } else if (name && out.network != nullptr && out.network != &*at) {
            kadcast.refuse("kadcast_id", "belongs to another network than `network` names");
        } else {
            out.network = &*at;
        }
    }
    read_kadcast(kadcast, out.kadcast);
    if (out.network != nullptr) out.kadcast.network = out.network->kadcast_id;
}

}  // namespace

std::string describe(const ConfigError& error) {
    std::string out = error.line == 0 ? std::string() : fmt::format("line {}: ", error.line);
    if (!error.key.empty()) out += error.key + " ";
    return out + error.text;
}

Result<ParsedConfig, ConfigError> parse_config(std::string_view text) {
    toml::table table;
    try {
        table = toml::parse(to_parser_text(text));
    } catch (const toml::parse_error& error) {
        return fail(ConfigError{.line = error.source().begin.line, .text = std::string(error.description())});
    } catch (const ledger::TomlParserFault&) {
        return fail(ConfigError{.text = "the text is no TOML"});
    }
    Findings findings;
    ParsedConfig out;
    Section top(table, "", findings);
    read_log(top, out.config);
    read_network(top, out.config);
    Section chain = top.section("chain");
    read_chain(chain, top.section("blob"), out.config);
    read_vm(top.section("vm"), out.config);
    read_pool(top.section("mempool"), out.config);
    Section broker = top.section("databroker");
    broker.number("max_inv_entries", out.config.max_inv_entries, 1, 10'000);
    broker.number("max_queue_size", out.config.kadcast.inlet.requests, 1, 1'000'000);
    broker.note_unknown();
    Section http = top.section("http");
    http.flag("listen", out.config.http);
    http.text("listen_address", out.config.http_listen_address);
    http.number_or_text("feeder_call_gas", out.config.feeder_call_gas, 1, std::numeric_limits<std::int64_t>::max());
    read_http(http, out.config.http_rules);
    read_proxies(http, out.config.proxies);
    http.note_unknown();
    Section archive = top.section("archive");
    archive.flag("enabled", out.config.archive);
    archive.text("database", out.config.archive_database);
    archive.flag("backfill", out.config.archive_backfill);
    archive.note_unknown();
    Section telemetry = top.section("telemetry");
    telemetry.text("otlp_endpoint", out.config.otlp_endpoint);
    telemetry.note_unknown();
    Section devnet = top.section("devnet");
    devnet.flag("instant", out.config.instant);
    devnet.path("faucet", out.config.faucet);
    if (out.config.network != nullptr && out.config.network != &ledger::devnet()) {
        constexpr std::string_view kOnly = "is for networks of the kind devnet only";
        if (out.config.instant) devnet.refuse("instant", std::string(kOnly));
        if (!out.config.faucet.empty()) devnet.refuse("faucet", std::string(kOnly));
    }
    if (out.config.minimum_block_time.count() == 0 && !out.config.instant) {
        chain.refuse("minimum_block_time", "may be 0 only with devnet.instant: blocks would follow without a pause");
    }
    devnet.note_unknown();
    top.note_unknown();
    if (findings.error) return fail(*std::move(findings.error));
    out.warnings = std::move(findings.warnings);
    return out;
}

}  // namespace dusk::node
