// Stakes after some final blocks. From them and from what the stake contract reported since, a chronicle knows those of
// every block above (src/chronicle).
#pragma once

#include "chain/block_store.hpp"
#include "chain/kept_stakes.hpp"
#include "storage/key_value.hpp"

namespace dusk::storage {

// Beside the tables of the chain, which it does not change: so it may be used on another thread than the chain itself
// where the store may (RocksDbStore).
class StakesTable {
  public:
    // `store` outlives it, and is one of a chain.
    explicit StakesTable(KeyValue& store) : store_(store) {}

    // After the block at this height; nothing where they were not kept.
    [[nodiscard]] chain::StoreResult<std::optional<std::vector<chain::KeptStake>>> after(ledger::Height height);
    // Of a final block. A loss of power may take it.
    [[nodiscard]] chain::StoreResult<void> keep(ledger::Height height, std::span<const chain::KeptStake> stakes);

  private:
    KeyValue& store_;
};

}  // namespace dusk::storage
