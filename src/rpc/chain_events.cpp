#include "rpc/chain_events.hpp"

#include <nlohmann/json.hpp>

#include "base/cases.hpp"
#include "base/hex.hpp"
#include "ledger/header_json.hpp"
#include "ledger/hex_name.hpp"
#include "ledger/transaction_json.hpp"
#include "rpc/accepted_block.hpp"

namespace dusk::rpc {
namespace {

using Json = nlohmann::json;  // keys in ascending order

Bytes text_of(const Json& json) {
    return to_vector(as_bytes(json.dump(-1, ' ', false, Json::error_handler_t::replace)));
}

Event of_transaction(const ledger::TransactionId& id, std::string topic, Bytes payload) {
    return {.component = "transactions", .entity = hex(id), .topic = std::move(topic), .payload = std::move(payload)};
}

Event of_block(const ledger::BlockHash& hash, std::string topic, const Json& payload) {
    return {.component = "blocks", .entity = hex(hash), .topic = std::move(topic), .payload = text_of(payload)};
}

}  // namespace

void ChainEvents::on_action(const node::CoreAction& action) {
    if (!stream_.has_listeners()) return;
    std::visit(Cases{[this](const node::TransactionAdded& added) { publish(added); },
                     [this](const node::TransactionDeferred& deferred) { publish(deferred); },
                     [this](const node::TransactionDropped& dropped) { publish(dropped); },
                     [this](const chain::BlockAccepted& accepted) { publish(accepted); },
                     [this](const chain::BlocksReverted& reverted) { publish(reverted); }, [](const auto&) {}},
               action);
}

void ChainEvents::publish(const node::TransactionAdded& added) {
    stream_.publish(
        of_transaction(added.id, "included", text_of(ledger::transaction_json(added.transaction->transaction))));
}

void ChainEvents::publish(const node::TransactionDeferred& deferred) {
    stream_.publish(of_transaction(deferred.id, "deferred", text_of({{"reason", mempool::kDeferredReason}})));
}

void ChainEvents::publish(const node::TransactionDropped& dropped) {
    switch (dropped.reason) {
        case node::DropReason::refused:
            return;  // it was never here
        case node::DropReason::given_up:
            return stream_.publish(of_transaction(dropped.id, "dropped", text_of({{"reason", dropped.text}})));
        default:
            return stream_.publish(of_transaction(dropped.id, "removed", {}));
    }
}

void ChainEvents::publish_contracts(const chain::BlockAccepted& accepted) {
    for_each_event(accepted, [&](const vm::EventView& event, const std::string& origin) {
        stream_.publish({.component = "contracts",
                         .entity = to_hex(event.source),
                         .topic = std::string(event.topic),
                         .origin = origin,
                         .payload = to_vector(event.data)});
    });
}

void ChainEvents::publish_states(std::span<const chain::LabelChange> labels, ledger::Height tip) {
    for_each_new_state(blocks_, labels, [&](const ledger::BlockHash& hash, ledger::Height /*height*/, bool is_final) {
        stream_.publish(
            of_block(hash, "statechange", {{"atHeight", tip.value}, {"state", is_final ? "finalized" : "confirmed"}}));
    });
}

void ChainEvents::publish(const chain::BlockAccepted& accepted) {
    publish_contracts(accepted);
    const ledger::BlockHeader& header = accepted.block->header;
    Json ids = Json::array();
    for (const ledger::SpentTransaction& spent : accepted.spent) {
        const ledger::TransactionId id = spent.transaction.id();
        ids.push_back(hex(id));
        const Json json{{"block_height", spent.block_height.value},
                        {"err", spent.error ? Json(*spent.error) : Json(nullptr)},
                        {"gas_spent", spent.gas_spent.value},
                        {"inner", Json(ledger::transaction_json(spent.transaction.transaction))}};
        stream_.publish(of_transaction(id, "executed", text_of(json)));
    }
    publish_states(accepted.labels, header.height);
    stream_.publish(of_block(header.hash, "accepted",
                             {{"header", Json(ledger::header_json(header))}, {"transactions", std::move(ids)}}));
}

void ChainEvents::publish(const chain::BlocksReverted& reverted) {
    if (reverted.blocks.empty()) return;
    const std::uint64_t tip = reverted.blocks.front()->header.height.value;
    for (const auto& block : reverted.blocks) {
        stream_.publish(of_block(block->header.hash, "reverted", {{"atHeight", tip}}));
    }
}

}  // namespace dusk::rpc
