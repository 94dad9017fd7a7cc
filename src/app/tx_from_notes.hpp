// Transactions of `dusk tx build` that notes pay: which notes, and the proof.
#pragma once

#include "app/tx_build.hpp"
#include "ledger/transaction.hpp"

namespace dusk::app {

// What the bytes of the transaction hide and its maker wants to know.
struct NotesReport {
    std::string text{};             // further lines behind those of the transaction
    nlohmann::ordered_json json{};  // "spends": [{position, value}], "change"
    std::vector<std::string> warnings{};
};

// Chooses notes, signs, proves, and verifies the proof as the network does. Errors: those of `build_tx` but
// file_exists.
[[nodiscard]] Result<ledger::Transaction, Failure> pay_by_notes(const BuildTx& command, const OpenedKeys& keys,
                                                                RandomSource& random, Executor& executor,
                                                                NotesReport& report);

}  // namespace dusk::app
