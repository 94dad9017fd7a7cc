// What the contracts of old blocks reported, entered later than the blocks: found by executing them anew.
#pragma once

#include "chain/block_store.hpp"
#include "storage/key_value.hpp"

namespace dusk::storage {

// In the table that `ChainStore::events` reads. It changes nothing else, and nobody else writes events of final blocks,
// so it may be used on another thread than the chain itself where the store may (RocksDbStore).
class EventTable {
  public:
    // `store` outlives it, and is one of a chain.
    explicit EventTable(KeyValue& store) : store_(store) {}

    // Whether those of this block are kept.
    [[nodiscard]] chain::StoreResult<bool> has(ledger::Height height);
    // `sync`: they and all before them survive a loss of power.
    [[nodiscard]] chain::StoreResult<void> add(ledger::Height height, const execution::BlockReceipts& receipts,
                                               Sync sync);

  private:
    KeyValue& store_;
};

}  // namespace dusk::storage
