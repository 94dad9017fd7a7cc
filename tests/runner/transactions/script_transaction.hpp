// A transaction of a script: its forms and names.
#pragma once

#include "ledger/transaction.hpp"
#include "report.hpp"

namespace dusk::vectors {

// Decodes the transaction of a step and compares everything that does not depend on the state. Of blob transactions a
// file has the beginning only; the blobs' content, which no hash covers, is left out of what is returned.
[[nodiscard]] ledger::Transaction read_transaction(const Node& step, Report& report);

}  // namespace dusk::vectors
