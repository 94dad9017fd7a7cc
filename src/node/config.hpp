// The configuration of a node: TOML with the keys of the released node (spec/consensus.md §20) where they mean the same
// here, and a few of our own. docs/operate/node.md explains each.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/log.hpp"
#include "base/result.hpp"
#include "chain/history.hpp"
#include "ledger/network.hpp"
#include "node/http_settings.hpp"
#include "node/kadcast_transport.hpp"
#include "node/proxy_settings.hpp"

namespace dusk::node {

struct NodeConfig {
    const ledger::Network* network = &ledger::devnet();

    // "info" alone, or "info,consensus=debug".
    std::string log_filter = "info";
    LogForm log_form = LogForm::coloured;

    // [chain]; paths as written, relative to the folder that the program runs in
    std::filesystem::path db_path = "dusk-data";
    std::filesystem::path consensus_keys_path{};  // empty: the node follows and does not vote
    std::filesystem::path genesis_file{};         // of our networks; empty: the data must be there already
    std::uint64_t genesis_timestamp = 0;
    ledger::Gas min_gas_limit{150'000};
    std::chrono::seconds minimum_block_time{10};
    std::chrono::seconds first_step_time{40};  // assumed of steps while none was measured
    std::uint64_t consensus_from = 0;          // unix seconds before which consensus does not begin
    std::chrono::milliseconds doppelganger_wait{0};
    chain::History history{};  // chain.mode, chain.keep_blocks, blob.expire_after

    // [vm]
    std::chrono::milliseconds generation_timeout{3000};
    ledger::Gas block_gas_limit{3'000'000'000};

    // [mempool]
    std::size_t max_mempool_txn_count = 10'000;
    std::size_t max_queue_size = 1000;   // transactions with future nonces
    std::size_t max_future_nonces = 64;  // of them, of one account
    std::chrono::milliseconds idle_interval = std::chrono::hours(1);
    std::chrono::milliseconds mempool_expiry = std::chrono::hours(72);

    // [databroker]
    std::size_t max_inv_entries = 100;

    // [kadcast], and chain.max_queue_size and databroker.max_queue_size as bounds of what waits for the node
    KadcastSettings kadcast{.public_address = {.ip = ByteArray<4>{127, 0, 0, 1}, .port = 9000}};

    // [http]
    bool http = true;
    std::string http_listen_address = "127.0.0.1:8080";
    ledger::Gas feeder_call_gas{3'000'000'000};  // of a call that feeds
    HttpSettings http_rules{};
    ProxySettings proxies{};

    // [archive]: what contracts report, in a SQL database (src/chronicle)
    bool archive = false;
    bool archive_backfill = true;    // blocks from before it was enabled are executed anew
    std::string archive_database{};  // a file, or "postgresql://…"; empty: a file in db_path

    // [telemetry]
    std::string otlp_endpoint{};  // of a collector for spans, "http://127.0.0.1:4318"; empty: none

    // [devnet]: of `dusk devnet`, not for real networks
    bool instant = false;            // a block when there is a transaction, none otherwise; for a single provisioner
    std::filesystem::path faucet{};  // the folder of the devnet whose faucet is served over HTTP; empty: none
};

struct ConfigError {
    std::size_t line = 0;  // from 1; 0: none
    std::string key{};     // "chain.db_path"; empty: the text is no TOML
    std::string text{};    // what is wrong
};
// "line 3: chain.db_path must be a text"
[[nodiscard]] std::string describe(const ConfigError& error);

struct ParsedConfig {
    NodeConfig config{};
    // Keys that mean nothing, and official ones that have no effect here.
    std::vector<std::string> warnings{};
};

[[nodiscard]] Result<ParsedConfig, ConfigError> parse_config(std::string_view toml);

}  // namespace dusk::node
