// A transaction with another gas limit than its own: for those who want to know how much it needs.
#pragma once

#include "execution/execute_transaction.hpp"

namespace dusk::execution {

// As `execute_transaction` up to the refund, with `limit` gas in place of the transaction's own limit, and without a
// look at its preconditions. The session is of no other use then.
[[nodiscard]] TransactionOutcome try_transaction(vm::Session& session, const ledger::Transaction& transaction,
                                                 ledger::Gas limit);

}  // namespace dusk::execution
