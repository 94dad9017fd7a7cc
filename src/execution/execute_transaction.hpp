// One transaction on a session (spec/transactions.md §7, spec/vm.md §8.2), as the released node executes it with every
// fork up to Boreas active.
#pragma once

#include <variant>

#include "execution/refusal.hpp"
#include "ledger/contract_error.hpp"
#include "ledger/transaction.hpp"
#include "vm/session.hpp"

namespace dusk::execution {

// It pays, whether what it called succeeded or not.
struct Spent {
    ledger::Gas gas_spent;                          // that is paid for; all of the limit after an error
    Result<Bytes, ledger::ContractError> result{};  // what the call returned; empty without a call
    vm::EventList events{};                         // in order; those of calls that failed are marked as reverted
};
// The state is as before. Events of a call that failed come, marked as reverted, with the next transaction.
struct Discarded {
    Refusal reason;
    std::string text;     // `node_text`
    std::string debug{};  // in the syntax of the released node's language: `NotReady`, `Unspendable(Panic("…"))`
};
// The state is of no use: make it anew without this transaction.
struct RefundFailed {
    std::string text;
};
// The machine failed (memory, disk), which says nothing about the transaction. The session is of no use.
struct MachineFailed {
    std::string text;
};
using TransactionOutcome = std::variant<Spent, Discarded, RefundFailed, MachineFailed>;

// As blocks store it with the transaction; nothing after a success.
[[nodiscard]] std::optional<std::string> error_text(const Spent& spent);

// Gas of up to the transaction's limit runs in the session.
[[nodiscard]] TransactionOutcome execute_transaction(vm::Session& session, const ledger::Transaction& transaction);

}  // namespace dusk::execution
