// The mempool in a store of keys and values, beside the chain.
#pragma once

#include "mempool/pool_store.hpp"
#include "storage/key_value.hpp"

namespace dusk::storage {

// For one thread at a time.
class PoolTable final : public mempool::PoolStore {
  public:
    // `store` outlives this. Errors: as of ChainStore::open.
    [[nodiscard]] static StorageResult<std::unique_ptr<PoolTable>> open(KeyValue& store);

    [[nodiscard]] Result<std::vector<mempool::KeptTransaction>, std::string> load() override;
    [[nodiscard]] Result<void, std::string> apply(std::span<const mempool::PoolEvent> events) override;

  private:
    explicit PoolTable(KeyValue& store) : store_(&store) {}

    KeyValue* store_;
};

}  // namespace dusk::storage
