// How far the archive of a node is, for those who look after it.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "ledger/quantities.hpp"

namespace dusk::rpc {

// Blocks from before the archive was enabled are executed anew.
struct BackfillProgress {
    ledger::Height height{};                      // of the last one that was
    ledger::Height target{};                      // of the last one that is to be
    double blocks_per_second = 0;                 // lately; 0: not known yet
    std::optional<std::uint64_t> seconds_left{};  // nothing: not known yet
    std::string problem{};                        // why it does not go on; empty while it does
};
struct ArchiveProgress {
    std::optional<ledger::Height> height{};  // of the highest block that is entered
    bool works = false;                      // the last step was done
    std::optional<BackfillProgress> backfill{};
};
// From any thread.
using AskArchiveProgress = std::function<ArchiveProgress()>;

}  // namespace dusk::rpc
