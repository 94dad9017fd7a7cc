// What is in the ledger before a block: the chain up to some height, and a branch upon it.
#pragma once

#include <span>

#include "chain/block_store.hpp"
#include "consensus/round.hpp"

namespace dusk::chain {

class LedgerView {
  public:
    // The whole chain. The store outlives the view.
    LedgerView(BlockStore& store) : store_(&store) {}
    // `fork`: the last height of the chain that counts. `branch`: the blocks above it, lowest first; they outlive the
    // view.
    LedgerView(BlockStore& store, ledger::Height fork, std::span<const consensus::BlockPtr> branch)
        : store_(&store), fork_(fork), branch_(branch) {}

    // Nothing: the block is not in this ledger.
    [[nodiscard]] StoreResult<std::optional<ledger::Height>> height_of(const ledger::BlockHash& hash) const;
    // Faults of blocks from this height up. Reads the blocks of the chain above the fork.
    [[nodiscard]] StoreResult<std::vector<ledger::Fault>> faults_since(ledger::Height height) const;

  private:
    [[nodiscard]] StoreResult<std::vector<ledger::Fault>> faults_above_fork() const;

    BlockStore* store_;
    std::optional<ledger::Height> fork_{};  // none: the whole chain
    std::span<const consensus::BlockPtr> branch_{};
};

}  // namespace dusk::chain
