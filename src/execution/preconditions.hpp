// What a transaction must be to be executed at all, the state not asked (spec/transactions.md §6, §7).
#pragma once

#include "base/result.hpp"
#include "execution/refusal.hpp"
#include "ledger/transaction.hpp"

namespace dusk::execution {

// In the order of the specification; the first that does not hold is the error. The form of a transaction's bytecode is
// read no further than its memories.
[[nodiscard]] Result<void, Refusal> check_preconditions(const ledger::Transaction& transaction);

// Of what a deployment of so many bytes pays, in this order: deploy_charge_overflow, deploy_price, deploy_limit.
[[nodiscard]] Result<void, Refusal> check_deploy_terms(std::uint64_t bytecode_size, ledger::Gas limit,
                                                       ledger::GasPrice price);

// Whether a module declares a 64-bit memory in its memory section. What cannot be read as a module does not.
[[nodiscard]] bool declares_memory64(ByteView bytecode);

}  // namespace dusk::execution
