// Executes blocks from before the archive was enabled, in the background of a node that runs: at a low priority of
// processor and disk, and so that it goes on where it was after a restart.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "app/archive_replay.hpp"
#include "base/log.hpp"
#include "chronicle/chronicle.hpp"
#include "rpc/archive_progress.hpp"
#include "storage/rocksdb_store.hpp"

namespace dusk::app {

// After some time at it, which began with the block after `first`.
[[nodiscard]] rpc::BackfillProgress progress_of(ledger::Height first, ledger::Height now, ledger::Height target,
                                                std::chrono::steady_clock::duration time);

class BackfillThread {
  public:
    // `database` outlives it. `done`: the chain knows what was asked for; called on the thread.
    BackfillThread(node::NodeConfig config, storage::RocksDbStore& database, std::function<void()> done, Logger log);
    BackfillThread(const BackfillThread&) = delete;
    BackfillThread& operator=(const BackfillThread&) = delete;
    // The block under way is finished.
    ~BackfillThread();

    // These blocks lack what was reported in them. From any thread, at once; asking again changes nothing.
    void want(const chronicle::Chronicle::Unknown& unknown);
    // Nothing where there is nothing to do. From any thread.
    [[nodiscard]] std::optional<rpc::BackfillProgress> progress() const;

  private:
    void work();
    // True: all that was wanted is known.
    [[nodiscard]] Result<bool, Failure> replay(ledger::Height target);
    [[nodiscard]] bool is_stopping() const;

    node::NodeConfig config_;
    storage::RocksDbStore& database_;
    std::function<void()> done_;
    Logger log_;

    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::optional<ledger::Height> target_{};
    ledger::Height finished_{};  // of a target that was reached, or that cannot be
    bool stopping_ = false;
    std::optional<rpc::BackfillProgress> progress_{};
    std::thread thread_;
};

}  // namespace dusk::app
