// What the chain asks of the pool of transactions when it answers other nodes: the port that the node implements over
// `mempool`.
#pragma once

#include <optional>
#include <vector>

#include "ledger/ledger_transaction.hpp"

namespace dusk::chain {

class TransactionPool {
  public:
    TransactionPool() = default;
    TransactionPool(const TransactionPool&) = delete;
    TransactionPool& operator=(const TransactionPool&) = delete;
    virtual ~TransactionPool() = default;

    [[nodiscard]] virtual bool has(const ledger::TransactionId& id) = 0;
    [[nodiscard]] virtual std::optional<ledger::LedgerTransaction> transaction(const ledger::TransactionId& id) = 0;
    // At most so many, in any order.
    [[nodiscard]] virtual std::vector<ledger::TransactionId> ids(std::size_t most) = 0;
};

}  // namespace dusk::chain
