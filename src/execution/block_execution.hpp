// The steps by which a block changes the state, in the order in which they are taken (spec/transactions.md §10):
//
//     auto block = BlockExecution::begin(machine, {.base = root, .chain_id = id, .height = {5}});
//     block->slash(penalty);          for every penalty
//     block->execute(transaction);    for every transaction
//     block->reward(rewards);
//     block->update_root();
//     StateRoot root = *block->root();
//     block->commit();
//
// `execute_block` and `build_candidate` take them; tests and tools may look in between.
#pragma once

#include <span>

#include "execution/block_failure.hpp"
#include "execution/execute_transaction.hpp"
#include "execution/penalties.hpp"
#include "ledger/block_names.hpp"
#include "ledger/event_bloom.hpp"
#include "ledger/stake_contract.hpp"
#include "vm/machine.hpp"

namespace dusk::execution {

struct BlockContext {
    ledger::StateRoot base;  // of the block before
    ledger::ChainId chain_id{};
    ledger::Height height;
};

// Whose events come next, and how many.
struct EventOrigin {
    std::optional<ledger::TransactionId> transaction;  // none: the block itself
    std::size_t events = 0;
};

struct TransactionReceipt {
    ledger::TransactionId id;
    ledger::Gas gas_spent;
    ledger::Lux fee;                     // gas spent times its price
    std::optional<std::string> error{};  // as the ledger stores it
    Bytes data{};                        // what the call returned
};

// What the transactions of a block came to.
struct BlockReceipts {
    std::vector<TransactionReceipt> transactions{};
    ledger::Gas gas_spent{};
    ledger::Lux fees{};
    vm::EventList events{};  // in order, without reverted ones
    std::vector<EventOrigin> origins{};
    ledger::EventBloom bloom{};  // of these events
};

class BlockExecution {
  public:
    // Opens a session and tells the stake contract that a block begins.
    // Errors: unknown_state, system_call, machine.
    [[nodiscard]] static BlockResult<BlockExecution> begin(const vm::Machine& machine, const BlockContext& context);

    // What a call of the protocol left; nobody pays its gas.
    struct SystemReceipt {
        std::uint64_t gas_spent = 0;
        vm::EventList events{};  // reverted ones too
    };
    [[nodiscard]] const SystemReceipt& beginning() const { return beginning_; }
    // Nothing for an account without a stake: it cannot be slashed. Errors: system_call, machine.
    [[nodiscard]] BlockResult<std::optional<SystemReceipt>> slash(const Penalty& penalty);
    // Enters the receipts when it is spent. Errors: fees.
    [[nodiscard]] BlockResult<TransactionOutcome> execute(const ledger::Transaction& transaction);
    // Errors: system_call, machine.
    [[nodiscard]] BlockResult<SystemReceipt> reward(const std::vector<ledger::Reward>& rewards);
    [[nodiscard]] BlockResult<SystemReceipt> update_root();

    // Of the state as it is now. Error: machine.
    [[nodiscard]] BlockResult<ledger::StateRoot> root();
    // Stores the state, once. Error: machine.
    [[nodiscard]] BlockResult<ledger::StateRoot> commit();

    [[nodiscard]] const BlockReceipts& receipts() const { return *receipts_; }
    // To be kept when the execution is over.
    [[nodiscard]] std::shared_ptr<const BlockReceipts> shared_receipts() const { return receipts_; }
    [[nodiscard]] const BlockContext& context() const { return context_; }

  private:
    BlockExecution(std::unique_ptr<vm::Session> session, const BlockContext& context)
        : session_(std::move(session)), context_(context) {}
    vm::CallResult<SystemReceipt> call(const ledger::ContractId& contract, std::string_view function,
                                       ByteView argument);
    BlockResult<SystemReceipt> must_call(const ledger::ContractId& contract, std::string_view function,
                                         ByteView argument);
    void add_events(const vm::EventList& events, const std::optional<ledger::TransactionId>& origin);

    std::unique_ptr<vm::Session> session_;
    BlockContext context_;
    SystemReceipt beginning_;
    std::shared_ptr<BlockReceipts> receipts_ = std::make_shared<BlockReceipts>();
};

}  // namespace dusk::execution
