#include "execution/execute_block.hpp"

#include <fmt/core.h>

#include "base/hex.hpp"

namespace dusk::execution {
namespace {

using ledger::LedgerTransaction;
using ledger::StateRoot;

std::unexpected<BlockFailure> failure(BlockFault fault, std::string text = {}) {
    return fail(BlockFailure{.fault = fault, .text = std::move(text)});
}

std::unexpected<BlockFailure> failure_of(std::size_t transaction, BlockFault fault, std::string text = {}) {
    return fail(BlockFailure{.fault = fault, .transaction = transaction, .text = std::move(text)});
}

BlockResult<void> execute_one(BlockExecution& execution, std::size_t number, const LedgerTransaction& transaction,
                              ledger::Gas gas_limit) {
    if (transaction.format != ledger::TransactionFormat::boreas) return failure_of(number, BlockFault::format);
    const auto outcome = execution.execute(transaction.transaction);
    if (!outcome) return fail(outcome.error());
    if (const auto* discarded = std::get_if<Discarded>(&*outcome)) {
        return fail(BlockFailure{BlockFault::discarded, number, discarded->reason, discarded->text});
    }
    if (const auto* refund = std::get_if<RefundFailed>(&*outcome)) {
        return fail(BlockFailure{BlockFault::discarded, number, Refusal::refund_failed, refund->text});
    }
    if (const auto* machine = std::get_if<MachineFailed>(&*outcome)) {
        return failure_of(number, BlockFault::machine, machine->text);
    }
    if (execution.receipts().gas_spent > gas_limit) return failure_of(number, BlockFault::gas_limit);
    return {};
}

BlockResult<std::vector<ledger::Reward>> rewards_of(const BlockFrame& frame, ledger::Lux fees) {
    auto rewards = block_rewards({frame.context.height, fees, frame.generator, frame.voters});
    if (rewards) return *std::move(rewards);
    const bool none = rewards.error() == RewardError::no_voters;
    return failure(none ? BlockFault::no_voters : BlockFault::rewards, std::string(to_string(rewards.error())));
}

}  // namespace

BlockResult<void> ExecutedBlock::commit() {
    const auto stored = execution_.commit();
    if (!stored) return fail(stored.error());
    if (*stored != root_) return failure(BlockFault::machine, "the stored state is not the one that was computed");
    return {};
}

BlockResult<BlockExecution> begin_block(const vm::Machine& machine, const BlockFrame& frame) {
    auto execution = BlockExecution::begin(machine, frame.context);
    if (!execution) return execution;
    for (const Penalty& penalty : frame.penalties) {
        if (auto slashed = execution->slash(penalty); !slashed) return fail(std::move(slashed).error());
    }
    return execution;
}

BlockResult<ExecutedBlock> end_block(BlockExecution execution, const BlockFrame& frame) {
    auto rewards = rewards_of(frame, execution.receipts().fees);
    if (!rewards) return fail(std::move(rewards).error());
    if (auto paid = execution.reward(*rewards); !paid) return fail(std::move(paid).error());
    if (auto updated = execution.update_root(); !updated) return fail(std::move(updated).error());
    const auto root = execution.root();
    if (!root) return fail(root.error());
    return ExecutedBlock(std::move(execution), *std::move(rewards), *root);
}

BlockResult<ExecutedBlock> execute_block(const vm::Machine& machine, const BlockFrame& frame,
                                         std::span<const LedgerTransaction> transactions, ledger::Gas gas_limit) {
    auto execution = begin_block(machine, frame);
    if (!execution) return fail(std::move(execution).error());
    for (std::size_t i = 0; i < transactions.size(); ++i) {
        if (auto done = execute_one(*execution, i, transactions[i], gas_limit); !done) return fail(done.error());
    }
    return end_block(*std::move(execution), frame);
}

BlockResult<BlockFrame> frame_of(const ledger::Block& block, const StateRoot& base, ledger::ChainId chain_id,
                                 std::vector<Voter> voters) {
    const auto generator = ledger::AccountKey::from_bytes(block.header.generator.bytes);
    if (!generator) return failure(BlockFault::bad_generator);
    return BlockFrame{.context = {.base = base, .chain_id = chain_id, .height = block.header.height},
                      .generator = *generator,
                      .penalties = penalties(block.header.failed_iterations, block.faults),
                      .voters = std::move(voters)};
}

BlockResult<ExecutedBlock> verify_block(const vm::Machine& machine, const BlockFrame& frame,
                                        const ledger::Block& block) {
    const ledger::BlockHeader& header = block.header;
    auto executed = execute_block(machine, frame, block.transactions, header.gas_limit);
    if (!executed) return executed;
    if (executed->root() != header.state_root) {
        return failure(BlockFault::state_root, fmt::format("expected {}, got {}", to_hex(header.state_root.bytes),
                                                           to_hex(executed->root().bytes)));
    }
    if (executed->receipts().bloom != header.event_bloom) return failure(BlockFault::event_bloom);
    return executed;
}

}  // namespace dusk::execution
