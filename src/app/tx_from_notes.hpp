// Transactions of `dusk tx build` that notes pay: which notes, and the proof.
#pragma once

#include "app/tx_build.hpp"

namespace dusk::app {

// Chooses notes, signs, proves, and verifies the proof as the network does. Errors: those of `build_tx` but
// file_exists.
[[nodiscard]] Result<ledger::Transaction, Failure> pay_by_notes(const BuildTx& command, const OpenedKeys& keys,
                                                                RandomSource& random, Executor& executor,
                                                                NotesReport& report);

}  // namespace dusk::app
