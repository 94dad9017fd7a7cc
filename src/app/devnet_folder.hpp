// The folder of a devnet:
//
//     devnet.json      how it was made: nodes, block time, accounts, time of the genesis block
//     genesis.toml     its first state
//     faucet.phrase    the wallet of its faucet
//     faucet.json      what it paid lately
//     running.json     while it runs: processes and addresses
//     lock             held while it runs
//     prover.log, activity.log
//     node-I/          node.toml, consensus.keys, consensus.cpk, log, and data/ (node_folder.hpp)
#pragma once

#include "app/outcome.hpp"
#include "app/test_wallets.hpp"
#include "base/executor.hpp"
#include "node/folder_lock.hpp"
#include "node/peer.hpp"

namespace dusk::app {

// Of all provisioners' key files, so that every tool opens them.
inline constexpr std::string_view kDevnetPassword = "devnet";

struct DevnetShape {
    unsigned nodes = 4;
    unsigned block_time = 3;  // seconds; 0 where blocks are instant
    bool instant = false;     // a block when there is a transaction, by one node
    unsigned accounts = 10;   // test wallets with funds
    std::uint64_t genesis_timestamp = 0;
};

struct DevnetNode {
    std::filesystem::path folder{};
    node::Peer address{};
    std::string http{};
};

// How the nodes of this run are, besides what the devnet was made with.
struct DevnetNodesSetup {
    std::string log_filter{};
    bool archive = false;
    std::string prover{};  // host:port; empty: none
};

class DevnetFolder {
  public:
    explicit DevnetFolder(std::filesystem::path path) : path_(std::move(path)) {}

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    [[nodiscard]] std::filesystem::path node(unsigned i) const;
    [[nodiscard]] std::filesystem::path running_file() const { return path_ / "running.json"; }
    [[nodiscard]] std::filesystem::path faucet_file() const { return path_ / "faucet.phrase"; }

    // Nothing where there is no devnet in it. Errors: damaged.
    [[nodiscard]] Result<std::optional<DevnetShape>, Failure> shape() const;
    // The wallet of the faucet. Errors: no_faucet (the devnet was made without one), damaged.
    [[nodiscard]] Result<wallet::Profile, Failure> faucet() const;
    // Whether the folder may be filled: it is not there, is empty, or holds an unfinished devnet.
    [[nodiscard]] bool is_free() const;
    // Makes the folder where there is none. Error: in_use.
    [[nodiscard]] Result<node::FolderLock, Failure> lock() const;
    // Keys of the provisioners and the faucet, and the first state in the data folder of each. About a second. Keys of
    // an instant devnet are the same everywhere, so that the same transactions lead to the same states.
    [[nodiscard]] Result<void, Failure> make(const DevnetShape& shape, Executor& executor) const;
    // The configuration of each node, for the addresses of this run.
    [[nodiscard]] Result<void, Failure> configure(const DevnetShape& shape, const std::vector<DevnetNode>& nodes,
                                                  const DevnetNodesSetup& setup) const;
    // All that is a devnet's goes but the lock and the folder.
    void remove() const;

  private:
    std::filesystem::path path_;
};

}  // namespace dusk::app
