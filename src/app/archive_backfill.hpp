// `dusk db archive backfill`: the archive of a stopped node learns what was reported before it was enabled.
#pragma once

#include "app/node_settings.hpp"
#include "base/executor.hpp"

namespace dusk::app {

struct ArchiveBackfill {
    NodeOptions node{};  // whose folder
    // Of a node that began with one: its state is where the replay begins. Empty: the state of the genesis file, or
    // where an earlier run stopped.
    std::filesystem::path snapshot{};
};
// Executes the blocks of which the archive has no events, and enters all blocks again. An interrupted run goes on where
// it was. Errors: file_*, in_use, storage, archive, and those of app/archive_replay.hpp.
[[nodiscard]] CommandResult backfill_archive(const ArchiveBackfill& command, Executor& executor);

}  // namespace dusk::app
