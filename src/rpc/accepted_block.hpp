// What an accepted block brings, one by one, for those who tell clients of it.
#pragma once

#include <span>
#include <string>

#include "chain/block_store.hpp"
#include "chain/service_actions.hpp"
#include "execution/block_execution.hpp"
#include "ledger/hex_name.hpp"

namespace dusk::rpc {

// `tell(event, origin)` for each event of its contracts, in order; `origin` is the transaction that it comes from, else
// the block, in hexadecimal digits.
template <class Tell>
void for_each_event(const chain::BlockAccepted& accepted, Tell&& tell) {
    if (accepted.receipts == nullptr) return;
    auto event = accepted.receipts->events.begin();
    for (const execution::EventOrigin& from : accepted.receipts->origins) {
        const std::string origin =
            from.transaction ? ledger::hex(*from.transaction) : ledger::hex(accepted.block->header.hash);
        for (std::size_t i = 0; i < from.events; ++i, ++event) tell(*event, origin);
    }
}

// `tell(hash, height, is_final)` for each block that became confirmed or final.
template <class Tell>
void for_each_new_state(chain::BlockStore& blocks, std::span<const chain::LabelChange> labels, Tell&& tell) {
    for (const chain::LabelChange& change : labels) {
        const bool is_final = change.label.kind == ledger::Label::Kind::final;
        if (!is_final && change.label.kind != ledger::Label::Kind::confirmed) continue;
        const auto block = blocks.at(change.height);
        if (block && *block) tell((*block)->hash, change.height, is_final);
    }
}

}  // namespace dusk::rpc
