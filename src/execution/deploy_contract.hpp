// The deployment that follows a successful spend (spec/transactions.md §6).
#pragma once

#include "execution/execute_transaction.hpp"

namespace dusk::execution {

// Adds the charge, and the gas and events of `init`; or makes the result an error, which leaves the spend as it is.
// Spend and deployment together have `limit` gas. Nothing to do for transactions that deploy nothing.
void deploy_contract(vm::Session& session, const ledger::Transaction& transaction, ledger::Gas limit, Spent& spent);

}  // namespace dusk::execution
