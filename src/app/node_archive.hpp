// The archive of a node that runs: the thread that writes its chronicle, and where that lies.
#pragma once

#include "app/backfill_thread.hpp"
#include "app/node_folder.hpp"
#include "base/log.hpp"
#include "chronicle/follower_thread.hpp"
#include "chronicle/open_database.hpp"

namespace dusk::app {

// The database of this configuration: a file in the folder of the node, unless another one is named.
[[nodiscard]] std::string archive_database(const node::NodeConfig& config);

// What writes the archive while the node runs.
class NodeArchive {
  public:
    // `database` outlives it.
    NodeArchive(const node::NodeConfig& config, storage::RocksDbStore& database, chronicle::FollowerPorts ports,
                const Log& log);
    NodeArchive(const NodeArchive&) = delete;
    NodeArchive& operator=(const NodeArchive&) = delete;
    ~NodeArchive();

    // The chain has changed. From any thread, at once.
    void look() { follower_.look(); }
    // From any thread.
    [[nodiscard]] rpc::ArchiveProgress progress() const;

  private:
    [[nodiscard]] chronicle::FollowerPorts with_backfill(chronicle::FollowerPorts ports);
    void tell_left_alone(const chronicle::Chronicle::Unknown& unknown);

    bool leaves_alone_;  // blocks from before the archive was enabled
    Logger log_;
    std::optional<ledger::Height> told_{};      // up to which block the archive is not complete; of the follower
    mutable std::mutex mutex_;                  // of the pointer
    std::unique_ptr<BackfillThread> backfill_;  // null: blocks from before stay as they are
    chronicle::FollowerThread follower_;
};

// Begins to follow the chain. `folder` outlives it. What keeps the database from being used at all, now or ever, is an
// error: one of another chain, version or kind. One that cannot be reached is waited for.
[[nodiscard]] Result<std::unique_ptr<NodeArchive>, Failure> start_archive(const node::NodeConfig& config,
                                                                          const NodeFolder& folder, const Log& log);

// What a follower of this folder's chain needs.
[[nodiscard]] chronicle::FollowerPorts follower_ports(const node::NodeConfig& config, const NodeFolder& folder);

}  // namespace dusk::app
