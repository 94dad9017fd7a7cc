// A thread that keeps a chronicle where the chain is. It is told that there is something to see and reads what it is
// from the chain's store itself, so that whoever tells it never waits, nothing waits in a queue, and a database that is
// slow or away loses nothing: it is caught up with when it is back.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "base/log.hpp"
#include "chronicle/follow.hpp"
#include "chronicle/queries.hpp"

namespace dusk::chronicle {

struct FollowerPorts {
    ledger::BlockHash genesis{};
    std::function<Outcome<std::unique_ptr<Database>>()> open_database{};
    // The chain as it is when it is called, for this thread; null where it cannot be read.
    std::function<std::shared_ptr<chain::BlockStore>()> view_chain{};
    // Accounts and contracts of the state of a block; nothing where that state is not there any more.
    struct StateContent {
        std::vector<AccountBytes> accounts{};
        std::vector<Chronicle::SeedContract> contracts{};
    };
    std::function<std::optional<StateContent>(const ledger::BlockHeader& block)> content_of{};
    // The stakes after a final block, where they are kept; may be empty.
    FindStakes find_stakes{};
    // Keeps those of the state of a final block, for `find_stakes`; false where that state is not there any more. There
    // where `find_stakes` is.
    std::function<bool(const ledger::BlockHeader& block)> keep_stakes{};
    // Is told which blocks are there without what was reported in them, when there are such; may be empty. Whoever
    // makes it known to the chain calls `look` then.
    std::function<void(const Chronicle::Unknown& unknown)> tell_unknown{};
};

class FollowerThread {
  public:
    // What is asked for is called on the thread.
    FollowerThread(FollowerPorts ports, Logger log);
    FollowerThread(const FollowerThread&) = delete;
    FollowerThread& operator=(const FollowerThread&) = delete;
    // The step under way is finished.
    ~FollowerThread();

    // The chain has changed. From any thread, at once.
    void look();

    struct Status {
        std::optional<ledger::Height> height{};  // of the highest block, once there was a step
        bool works = false;                      // the last step was done
    };
    [[nodiscard]] Status status() const;

  private:
    void work();
    // Steps until there is no more to see or it is to stop.
    [[nodiscard]] Outcome<void> catch_up();
    [[nodiscard]] Outcome<void> open();
    [[nodiscard]] Outcome<void> seed(chain::BlockStore& chain);
    // Where the stakes are not known they are taken from the state of the last final block. Whether blocks above it are
    // to be entered again with them.
    [[nodiscard]] Outcome<bool> learn_stakes(chain::BlockStore& chain);
    // Whether all is to be entered again, since more is known of it.
    [[nodiscard]] Outcome<bool> refill(chain::BlockStore& chain);
    void tell(const Step& step);
    [[nodiscard]] bool is_stopping() const;

    FollowerPorts ports_;
    Logger log_;
    std::unique_ptr<Database> database_{};
    std::optional<Chronicle> chronicle_{};
    bool is_seeded_ = false;
    bool told_unknown_ = false;
    std::uint64_t added_ = 0;  // since the last line about it
    std::chrono::steady_clock::time_point told_at_{};

    mutable std::mutex mutex_;
    std::condition_variable wake_;
    bool asked_ = true;
    bool stopping_ = false;
    Status status_{};
    std::thread thread_;
};

}  // namespace dusk::chronicle
