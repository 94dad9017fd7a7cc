// When a network that makes blocks on demand needs one: a transaction waits, or one is in a block that is not final
// yet, for which the rules of finality take a block on top (spec/consensus.md §16).
#pragma once

#include "chain/block_store.hpp"

namespace dusk::node {

class Demand {
  public:
    // From the blocks above the last final one.
    void restore(chain::BlockStore& blocks);

    // One came into the pool.
    void on_transaction() { waits_ = true; }
    // One is made of what is in the pool. What it leaves there cannot be executed, and calls for no further block by
    // itself: there would be empty ones without end.
    void on_candidate() { waits_ = false; }
    void on_block(const ledger::BlockHeader& header) {
        if (!header.transactions_root.is_zero()) latest_ = std::max(latest_, header.height);
    }

    [[nodiscard]] bool is_due(ledger::Height last_final) const { return waits_ || latest_ > last_final; }

  private:
    bool waits_ = false;
    ledger::Height latest_{};  // block with transactions
};

}  // namespace dusk::node
