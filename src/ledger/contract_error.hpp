// How a call of one contract by another fails, as an archive: `spend_and_execute` returns Result<Vec<u8>,
// ContractError> (spec/transactions.md §7, §13).
#pragma once

#include <string>
#include <variant>

#include "base/archive_layout.hpp"

namespace dusk::ledger {

struct Panic {
    std::string message;
    friend bool operator==(const Panic&, const Panic&) = default;
};
struct OutOfGas {
    friend bool operator==(const OutOfGas&, const OutOfGas&) = default;
};
struct DoesNotExist {
    friend bool operator==(const DoesNotExist&, const DoesNotExist&) = default;
};
struct UnknownFailure {
    friend bool operator==(const UnknownFailure&, const UnknownFailure&) = default;
};
using ContractError = std::variant<Panic, OutOfGas, DoesNotExist, UnknownFailure>;

// As blocks store it with a transaction: `Panic: <message>`, `OutOfGas`, `Contract does not exist`, `Unknown`.
[[nodiscard]] std::string display(const ContractError& error);

}  // namespace dusk::ledger

namespace dusk {

template <>
struct Archived<ledger::ContractError>
    : ArchivedEnum<ledger::ContractError, 12, 4, Variant<ledger::Panic, Field<&ledger::Panic::message, 4>>,
                   Variant<ledger::OutOfGas>, Variant<ledger::DoesNotExist>, Variant<ledger::UnknownFailure>> {};

}  // namespace dusk
