#include "execution/block_execution.hpp"

#include "base/archive.hpp"
#include "execution/call_errors.hpp"
#include "execution/unlimited_gas.hpp"

namespace dusk::execution {

using ledger::kStakeContract;
using ledger::kTransferContract;
using ledger::StateRoot;

namespace {

std::unexpected<BlockFailure> failure(BlockFault fault, std::string text = {}) {
    return fail(BlockFailure{.fault = fault, .text = std::move(text)});
}

std::unexpected<BlockFailure> call_failure(const vm::CallError& error) {
    return failure(is_machine_failure(error) ? BlockFault::machine : BlockFault::system_call, describe(error));
}

bool is_without_stake(const vm::CallError& error) {
    return error.kind == vm::CallErrorKind::panic && error.text.contains("The stake to slash should exist");
}

BlockResult<StateRoot> state_root(const vm::CallResult<vm::Hash>& hash) {
    if (!hash) return failure(BlockFault::machine, describe(hash.error()));
    return StateRoot{*hash};
}

}  // namespace

BlockResult<BlockExecution> BlockExecution::begin(const vm::Machine& machine, const BlockContext& context) {
    auto session =
        machine.session(context.base.bytes, static_cast<std::uint8_t>(context.chain_id), context.height.value);
    if (!session) return failure(BlockFault::unknown_state, describe(session.error()));
    BlockExecution block(*std::move(session), context);
    auto beginning = block.must_call(kStakeContract, "before_state_transition", {});
    if (!beginning) return fail(std::move(beginning).error());
    block.beginning_ = *std::move(beginning);
    return block;
}

BlockResult<std::optional<BlockExecution::SystemReceipt>> BlockExecution::slash(const Penalty& penalty) {
    auto receipt = call(kStakeContract, "slash", archive_write(ledger::Slash{penalty.account, {}}));
    if (receipt) return *std::move(receipt);
    if (is_without_stake(receipt.error())) return std::nullopt;
    return call_failure(receipt.error());
}

BlockResult<TransactionOutcome> BlockExecution::execute(const ledger::Transaction& transaction) {
    TransactionOutcome outcome = execute_transaction(*session_, transaction);
    const auto* spent = std::get_if<Spent>(&outcome);
    if (spent == nullptr) return outcome;
    const auto fee = checked_cost(spent->gas_spent, transaction.gas_price());
    const auto fees = fee ? checked_add(receipts_->fees, *fee) : std::nullopt;
    const auto gas = checked_add(receipts_->gas_spent, spent->gas_spent);
    if (!fees || !gas) return failure(BlockFault::fees);
    receipts_->fees = *fees;
    receipts_->gas_spent = *gas;
    receipts_->transactions.push_back({.id = transaction.id(),
                                       .gas_spent = spent->gas_spent,
                                       .fee = *fee,
                                       .error = error_text(*spent),
                                       .data = spent->result.value_or(Bytes())});
    add_events(spent->events, receipts_->transactions.back().id);
    return outcome;
}

BlockResult<BlockExecution::SystemReceipt> BlockExecution::reward(const std::vector<ledger::Reward>& rewards) {
    return must_call(kStakeContract, "reward", archive_write(rewards));
}

BlockResult<BlockExecution::SystemReceipt> BlockExecution::update_root() {
    return must_call(kTransferContract, "update_root", {});
}

BlockResult<StateRoot> BlockExecution::root() { return state_root(session_->root()); }
BlockResult<StateRoot> BlockExecution::commit() { return state_root(session_->commit()); }

vm::CallResult<BlockExecution::SystemReceipt> BlockExecution::call(const ledger::ContractId& contract,
                                                                   std::string_view function, ByteView argument) {
    auto receipt = session_->call(contract.bytes, function, argument, kUnlimitedGas);
    if (!receipt) return fail(std::move(receipt).error());
    add_events(receipt->events, {});
    return SystemReceipt{receipt->gas_spent, std::move(receipt->events)};
}

BlockResult<BlockExecution::SystemReceipt> BlockExecution::must_call(const ledger::ContractId& contract,
                                                                     std::string_view function, ByteView argument) {
    auto receipt = call(contract, function, argument);
    if (!receipt) return call_failure(receipt.error());
    return *std::move(receipt);
}

// Those of a discarded transaction come, marked as reverted, with whatever is called next; a verifier, which never
// discards, does not see them.
void BlockExecution::add_events(const vm::EventList& events, const std::optional<ledger::TransactionId>& origin) {
    const std::size_t before = receipts_->events.size();
    for (const vm::EventView event : events) {
        if (event.reverted) continue;
        receipts_->bloom.add(event.source, as_bytes(event.topic), event.data);
        receipts_->events.add(event);
    }
    const std::size_t added = receipts_->events.size() - before;
    if (added > 0) receipts_->origins.push_back({origin, added});
}

}  // namespace dusk::execution
