// Transactions as people hand them over: a file, or hexadecimal digits.
#pragma once

#include "app/outcome.hpp"
#include "ledger/transaction.hpp"

namespace dusk::app {

// A file that holds a transaction as bytes or as hexadecimal digits; or, where no such file is, the digits themselves.
// Any format. Errors: file, bad_input (no transaction; the message says what is wrong).
[[nodiscard]] Result<ledger::DecodedTransaction, Failure> read_transaction(const std::string& file_or_hex);

[[nodiscard]] std::string_view name_of(ledger::TransactionFormat format);

// What it says, one line for each field, for people.
[[nodiscard]] std::string transaction_text(const ledger::DecodedTransaction& decoded);
// Names, sizes, and the transaction as nodes show it.
[[nodiscard]] nlohmann::ordered_json transaction_report(const ledger::DecodedTransaction& decoded);

}  // namespace dusk::app
