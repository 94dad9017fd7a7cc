// A block on the state of the one before it (spec/transactions.md §10, spec/consensus.md §13).
#pragma once

#include "execution/block_execution.hpp"
#include "execution/reward_schedule.hpp"
#include "ledger/block.hpp"

namespace dusk::execution {

// What a block is made of besides its transactions.
struct BlockFrame {
    BlockContext context;
    ledger::AccountKey generator;
    std::vector<Penalty> penalties;  // of failed iterations and faults
    std::vector<Voter> voters;       // who attested the block before
};

// A block that was executed and is not stored yet.
class ExecutedBlock {
  public:
    ExecutedBlock(BlockExecution execution, std::vector<ledger::Reward> rewards, const ledger::StateRoot& root)
        : execution_(std::move(execution)), rewards_(std::move(rewards)), root_(root) {}

    [[nodiscard]] const BlockReceipts& receipts() const { return execution_.receipts(); }
    [[nodiscard]] std::shared_ptr<const BlockReceipts> shared_receipts() const { return execution_.shared_receipts(); }
    [[nodiscard]] const std::vector<ledger::Reward>& rewards() const { return rewards_; }
    [[nodiscard]] const ledger::StateRoot& root() const { return root_; }
    // Stores the state under its root. Error: machine.
    [[nodiscard]] BlockResult<void> commit();

  private:
    BlockExecution execution_;
    std::vector<ledger::Reward> rewards_;
    ledger::StateRoot root_;
};

// What comes before and after the transactions of every block.
[[nodiscard]] BlockResult<BlockExecution> begin_block(const vm::Machine& machine, const BlockFrame& frame);
[[nodiscard]] BlockResult<ExecutedBlock> end_block(BlockExecution execution, const BlockFrame& frame);

// All transactions must be spent, and their gas must fit the limit; stops at the first that is not.
[[nodiscard]] BlockResult<ExecutedBlock> execute_block(const vm::Machine& machine, const BlockFrame& frame,
                                                       std::span<const ledger::LedgerTransaction> transactions,
                                                       ledger::Gas gas_limit);

// The frame of a block that somebody made; `voters` come from its certificate and the committees of the block before.
// Error: bad_generator.
[[nodiscard]] BlockResult<BlockFrame> frame_of(const ledger::Block& block, const ledger::StateRoot& base,
                                               ledger::ChainId chain_id, std::vector<Voter> voters);

// Executes a block and compares what comes out with its header. Other rules of headers are the caller's.
[[nodiscard]] BlockResult<ExecutedBlock> verify_block(const vm::Machine& machine, const BlockFrame& frame,
                                                      const ledger::Block& block);

}  // namespace dusk::execution
