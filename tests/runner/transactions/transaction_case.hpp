// What every file of this area says of a transaction: its encodings, names, and the argument of `spend_and_execute`.
#pragma once

#include "crypto/phoenix.hpp"
#include "ledger/transaction.hpp"
#include "report.hpp"

namespace dusk::vectors {

// The fields that need nothing but the transaction itself.
void check_transaction(const Node& c, const ledger::Transaction& transaction, Report& report);

// "keys": what is derived from the secret keys of a file.
void check_keys(const Node& keys, Report& report);

}  // namespace dusk::vectors
