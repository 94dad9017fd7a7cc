// What the mempool asks of the ledger and of the states, answered at the tip.
#pragma once

#include "chain/block_store.hpp"
#include "mempool/pool_state.hpp"
#include "vm/machine.hpp"

namespace dusk::node {

class TipState final : public mempool::PoolState {
  public:
    // `blocks` outlives this.
    TipState(chain::BlockStore& blocks, std::shared_ptr<vm::Machine> machine, ledger::ChainId chain_id)
        : blocks_(blocks), machine_(std::move(machine)), chain_id_(chain_id) {}

    [[nodiscard]] Answer<bool> in_ledger(const ledger::TransactionId& id) override;
    [[nodiscard]] Answer<ledger::AccountData> account(const ledger::AccountKey& key) override;
    [[nodiscard]] Answer<bool> any_spent(std::span<const crypto::Fq> nullifiers) override;

  private:
    // A session on the tip's state, kept as long as the tip is the same.
    [[nodiscard]] Answer<vm::Session*> session();

    chain::BlockStore& blocks_;
    std::shared_ptr<vm::Machine> machine_;
    ledger::ChainId chain_id_;
    ledger::BlockHash tip_{};
    std::unique_ptr<vm::Session> session_;
};

}  // namespace dusk::node
