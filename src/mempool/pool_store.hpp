// What keeps the pool across a restart: the port that `storage` implements.
#pragma once

#include <span>
#include <vector>

#include "mempool/pool_events.hpp"

namespace dusk::mempool {

struct KeptTransaction {
    WallTime time{};  // when it came into the pool
    ledger::LedgerTransaction transaction{};
};

// A failure is a text for people.
class PoolStore {
  public:
    PoolStore() = default;
    PoolStore(const PoolStore&) = delete;
    PoolStore& operator=(const PoolStore&) = delete;
    virtual ~PoolStore() = default;

    // What cannot be read is left out and goes.
    [[nodiscard]] virtual Result<std::vector<KeptTransaction>, std::string> load() = 0;
    // Follows the pool: what was added and what was removed. A loss of power may take the last changes.
    [[nodiscard]] virtual Result<void, std::string> apply(std::span<const PoolEvent> events) = 0;
};

}  // namespace dusk::mempool
