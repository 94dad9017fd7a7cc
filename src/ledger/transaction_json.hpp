// Transactions as JSON, as nodes show them in events and in GraphQL (spec/interfaces.md §7.5).
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "ledger/transaction.hpp"

namespace dusk::ledger {

// {"type": "phoenix", root, nullifiers, …} or {"type": "moonlight", sender, receiver, value, nonce, …}, then deposit,
// outputs (if there are any), fee, call, is_deploy, memo. Keys in this order; events sort them. Numbers are JSON
// numbers, but for those in the fee.
[[nodiscard]] nlohmann::ordered_json transaction_json(const Transaction& transaction);

}  // namespace dusk::ledger
