// What the pool asks of the ledger and of the contract states at the tip: the port that the node implements.
#pragma once

#include <span>
#include <string>

#include "base/result.hpp"
#include "ledger/identifiers.hpp"
#include "ledger/transfer_contract.hpp"

namespace dusk::mempool {

// The errors are texts for people: the state or the disk failed.
class PoolState {
  public:
    template <class T>
    using Answer = Result<T, std::string>;

    PoolState() = default;
    PoolState(const PoolState&) = delete;
    PoolState& operator=(const PoolState&) = delete;
    virtual ~PoolState() = default;

    [[nodiscard]] virtual Answer<bool> in_ledger(const ledger::TransactionId& id) = 0;
    // Zeros for an account that was never used.
    [[nodiscard]] virtual Answer<ledger::AccountData> account(const ledger::AccountKey& key) = 0;
    [[nodiscard]] virtual Answer<bool> any_spent(std::span<const crypto::Fq> nullifiers) = 0;
};

}  // namespace dusk::mempool
