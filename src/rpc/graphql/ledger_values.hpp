// Blocks and transactions as values of GraphQL: just what is asked for of them (spec/interfaces.md §7.3).
#pragma once

#include <nlohmann/json.hpp>

#include "ledger/block.hpp"
#include "ledger/label.hpp"

namespace dusk::rpc::graphql {

// `selection`: names of fields, each with those inside.
[[nodiscard]] nlohmann::json header_value(const ledger::BlockHeader& header, const nlohmann::json& selection);
[[nodiscard]] nlohmann::json transaction_value(const ledger::LedgerTransaction& transaction,
                                               const nlohmann::json& selection);

// `header`: of the block that it is in.
[[nodiscard]] nlohmann::json spent_value(const ledger::SpentTransaction& spent, const ledger::BlockHeader& header,
                                         const nlohmann::json& selection);

// {"Final": 3}
[[nodiscard]] nlohmann::json label_value(const ledger::Label& label);

}  // namespace dusk::rpc::graphql
