// Which of a wallet's notes a transaction spends.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "ledger/quantities.hpp"

namespace dusk::wallet {

inline constexpr std::size_t kMostSpentNotes = 4;  // there are circuits for 1 to 4

// The indices, ascending, of as few notes as reach `needed`, at least one; of those that do, the ones that are worth
// least together where one note is enough, else the largest. Notes of value 0 are not taken. Nothing where four of them
// do not reach it.
[[nodiscard]] std::optional<std::vector<std::size_t>> choose_notes(std::span<const ledger::Lux> values,
                                                                   ledger::Lux needed);

}  // namespace dusk::wallet
