// The configuration that a node starts with: the file, then the environment, then the command line.
#pragma once

#include "app/outcome.hpp"
#include "node/config.hpp"

namespace dusk::app {

struct NodeOptions {
    std::filesystem::path config{};  // empty: all defaults
    // Words of the command line; empty where they were not given.
    std::string log_level{};
    std::string log_type{};
    std::string log_filter{};
    std::filesystem::path db_path{};
    std::filesystem::path consensus_keys_path{};
    std::string http_listen_addr{};
    std::string kadcast_public_address{};
    std::string kadcast_listen_address{};
    std::vector<std::string> kadcast_bootstrap{};
    bool no_archive_backfill = false;
};

// Variables read: RUSK_MINIMUM_BLOCK_TIME, KADCAST_BOOTSTRAP (names or addresses separated by commas),
// KADCAST_PUBLIC_ADDRESS, KADCAST_LISTEN_ADDRESS. Errors: file_*, bad_config (with the line), usage.
[[nodiscard]] Result<node::ParsedConfig, Failure> load_node_config(const NodeOptions& options);

}  // namespace dusk::app
