// A transaction of a block, and what became of it.
#pragma once

#include "ledger/hex_name.hpp"
#include "rpc/jsonrpc/backend.hpp"
#include "rpc/jsonrpc/values.hpp"
#include "rpc/label_name.hpp"

namespace dusk::rpc::jsonrpc {

[[nodiscard]] inline Json spent_value(const ledger::SpentTransaction& spent, const FoundBlock& block) {
    return {{"id", hex(spent.transaction.id())},
            {"state", label_name(block.state)},
            {"block", {{"height", block.height.value}, {"hash", hex(block.hash)}}},
            {"gas_spent", u64(spent.gas_spent.value)},
            {"error", spent.error ? Json(*spent.error) : Json(nullptr)},
            {"transaction", transaction_value(spent.transaction.transaction)}};
}

}  // namespace dusk::rpc::jsonrpc
