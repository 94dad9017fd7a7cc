// What executing a transaction came to, in the words of the released node (spec/interfaces.md §3, simulate).
#pragma once

#include <optional>
#include <string>

#include "execution/execute_transaction.hpp"

namespace dusk::rpc {

struct Simulation {
    std::optional<std::string> error{};  // `NotReady`, `Unspendable(Panic("…"))`, `OutOfGas`
    ledger::Gas gas_spent{};
};

// Nothing: the machine failed, which says nothing of the transaction.
[[nodiscard]] std::optional<Simulation> simulation_of(const execution::TransactionOutcome& outcome);

}  // namespace dusk::rpc
