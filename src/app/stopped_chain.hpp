// The chain of a node that is not running, opened to be read: nothing of it changes.
#pragma once

#include "app/node_folder.hpp"

namespace dusk::app {

struct StoppedChain {
    node::FolderLock lock;
    std::unique_ptr<storage::RocksDbStore> database{};
    std::unique_ptr<storage::ChainStore> blocks{};
    ledger::BlockHeader tip{};
};

// `folder`: that of the node, chain.db_path. Errors: file_missing (no chain is there, or no block in it), in_use (a
// node runs), storage.
[[nodiscard]] Result<StoppedChain, Failure> open_stopped_chain(const std::filesystem::path& folder);

// The header at a height that has a block. Errors: storage.
[[nodiscard]] Result<ledger::BlockHeader, Failure> header_at(storage::ChainStore& blocks, ledger::Height height);

// The last final block. Errors: storage.
[[nodiscard]] Result<ledger::BlockHeader, Failure> last_final_header(storage::ChainStore& blocks);

}  // namespace dusk::app
