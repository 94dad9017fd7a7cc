// Errors of calls in the words of the released node, where they become part of what it stores or answers
// (spec/transactions.md §6, §7).
#pragma once

#include <string>

#include "ledger/contract_error.hpp"
#include "vm/error.hpp"

namespace dusk::execution {

// The machine ran out of something or lost its disk: no other node has this error.
[[nodiscard]] bool is_machine_failure(const vm::CallError& error);

// As people are told: `Panic: <text>`, `OutOfGas`; of errors that the engine words, our own words.
[[nodiscard]] std::string display(const vm::CallError& error);

// As a failed deployment is told, in the syntax of the released node's language: `Panic("<text>")`, `OutOfGas`,
// `InitalizationError("…")` (sic), `RuntimeError(<our own words>)`.
[[nodiscard]] std::string debug_text(const vm::CallError& error);
// The same of an error that a contract was told of.
[[nodiscard]] std::string debug_text(const ledger::ContractError& error);

}  // namespace dusk::execution
