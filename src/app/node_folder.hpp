// What a node keeps on the disk, opened:
//
//     lock       held while a node works here
//     state/     contract states (vm/store)
//     chain/     blocks, transactions, mempool (RocksDB)
//     journal    what this node's key has signed
#pragma once

#include "app/outcome.hpp"
#include "ledger/block.hpp"
#include "node/config.hpp"
#include "node/folder_lock.hpp"
#include "storage/chain_store.hpp"
#include "storage/journaled_signer.hpp"
#include "storage/pool_table.hpp"
#include "storage/rocksdb_store.hpp"
#include "vm/machine.hpp"

namespace dusk::app {

// The parts in the order in which they need each other.
struct NodeFolder {
    node::FolderLock lock;
    std::shared_ptr<vm::Machine> machine{};
    std::unique_ptr<storage::RocksDbStore> database{};
    std::unique_ptr<storage::ChainStore> blocks{};
    std::unique_ptr<storage::PoolTable> pool{};
    ledger::Block genesis{};
    std::unique_ptr<storage::JournalFile> journal{};
    std::unique_ptr<storage::JournaledSigner> signer{};  // null: a node without keys
};

// Of what is stored: in_use, storage.
[[nodiscard]] Failure failure_of(const storage::StorageFailure& failure);
[[nodiscard]] Failure failure_of(const chain::StoreFailure& failure);

// Makes what is not there yet: in an empty folder the first state, from the genesis file. An interrupted making begins
// anew. The password is that of the consensus keys. Errors: file_*, state, in_use, no_genesis, other_genesis,
// wrong_password, damaged.
[[nodiscard]] Result<NodeFolder, Failure> open_node_folder(const node::NodeConfig& config,
                                                           const std::optional<SecretBytes>& password,
                                                           Executor& executor, const Clock& clock,
                                                           std::vector<std::string>& warnings);

}  // namespace dusk::app
