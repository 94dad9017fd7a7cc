// `dusk devnet`: a network of provisioners on this machine, each a process of its own.
#pragma once

#include "app/devnet_folder.hpp"

namespace dusk::app {

struct DevnetOptions {
    std::filesystem::path folder = "dusk-devnet";
    // Of a devnet that is kept they may be left out, or must be as they were.
    std::optional<unsigned> nodes{};
    std::optional<unsigned> block_time{};
    std::optional<unsigned> accounts{};
    bool instant = false;  // one node that makes a block when there is a transaction; not with nodes or block_time
    bool keep = false;     // the folder stays, and the next start goes on with it
    bool fresh = false;    // what was kept goes first
    std::uint16_t port_base = 9100;
    std::uint16_t http_port_base = 8080;
    bool archive = false;   // each node keeps what contracts report in a database of its own
    bool prover = false;    // a process proves for clients of the nodes
    bool activity = false;  // test wallets pay each other all the time (devnet_activity.hpp)
    std::string log_filter = "info";
    bool plain = false;  // lines, on a terminal too
};

// Runs until SIGINT or SIGTERM. A node that ends is started again; one that keeps ending ends the devnet. Errors:
// file_*, in_use, folder_not_empty, kept, other_shape, no_port, node_failed.
[[nodiscard]] CommandResult run_devnet(const DevnetOptions& options);

}  // namespace dusk::app
