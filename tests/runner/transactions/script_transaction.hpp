// A transaction of a script: its forms and names.
#pragma once

#include "ledger/transaction.hpp"
#include "report.hpp"

namespace dusk::vectors {

// For 1, 2, … inputs, as far as a file brings them; a file of accounts brings none.
using ScriptVerifierData = std::vector<Bytes>;

// The transaction of a step, compared in everything that does not depend on the state: its forms and names, and whether
// signature or proof hold, where the step says that they do not. Of blob transactions a file has the beginning only;
// where the rest cannot be told, the sidecars of what is returned are empty.
[[nodiscard]] ledger::Transaction read_transaction(const Node& step, const ScriptVerifierData& verifier_data,
                                                   Report& report);

}  // namespace dusk::vectors
