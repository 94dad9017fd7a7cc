#include "rpc/jsonrpc/event_feed.hpp"

#include "base/cases.hpp"
#include "base/hex.hpp"
#include "ledger/hex_name.hpp"
#include "rpc/accepted_block.hpp"
#include "rpc/jsonrpc/values.hpp"

namespace dusk::rpc::jsonrpc {
namespace {

std::string text_of(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

// Who pays and is paid in the open.
std::vector<ledger::KeyBytes> accounts_of(const ledger::Transaction& transaction) {
    const auto* open = transaction.moonlight();
    if (open == nullptr) return {};
    std::vector<ledger::KeyBytes> out{{open->payload.sender.to_bytes()}};
    if (open->payload.receiver != open->payload.sender) out.push_back({open->payload.receiver.to_bytes()});
    return out;
}

}  // namespace

void EventFeed::on_action(const node::CoreAction& action) {
    std::visit(Cases{[this](const node::TransactionAdded& added) { publish(added); },
                     [this](const node::TransactionDeferred& deferred) { publish(deferred); },
                     [this](const node::TransactionDropped& dropped) { publish(dropped); },
                     [this](const chain::BlockAccepted& accepted) { publish(accepted); },
                     [this](const chain::BlocksReverted& reverted) { publish(reverted); }, [](const auto&) {}},
               action);
}

void EventFeed::publish(const node::TransactionAdded& added) {
    if (!hub_.log().records(Channel::transactions)) return;
    const ledger::Transaction& transaction = added.transaction->transaction;
    hub_.publish(
        Channel::transactions, {.state = "included", .transaction = added.id, .accounts = accounts_of(transaction)},
        text_of({{"state", "included"}, {"id", hex(added.id)}, {"transaction", transaction_value(transaction)}}));
}

void EventFeed::publish(const node::TransactionDeferred& deferred) {
    if (!hub_.log().records(Channel::transactions)) return;
    hub_.publish(Channel::transactions, {.state = "deferred", .transaction = deferred.id},
                 text_of({{"state", "deferred"}, {"id", hex(deferred.id)}, {"reason", mempool::kDeferredReason}}));
}

void EventFeed::publish(const node::TransactionDropped& dropped) {
    if (dropped.reason == node::DropReason::refused) return;  // it was never here
    if (!hub_.log().records(Channel::transactions)) return;
    const bool is_given_up = dropped.reason == node::DropReason::given_up;
    const std::string_view state = is_given_up ? "dropped" : "removed";
    const std::string_view reason = is_given_up ? std::string_view(dropped.text) : to_string(dropped.reason);
    hub_.publish(Channel::transactions, {.state = state, .transaction = dropped.id},
                 text_of({{"state", state},
                          {"id", hex(dropped.id)},
                          {"reason", reason},
                          {"text", dropped.text.empty() ? Json(nullptr) : Json(dropped.text)}}));
}

void EventFeed::publish(const chain::BlockAccepted& accepted) {
    if (hub_.log().records(Channel::contracts)) publish_contracts(accepted);
    if (hub_.log().records(Channel::transactions)) publish_spent(accepted);
    if (!hub_.log().records(Channel::blocks)) return;
    publish_states(accepted.labels, accepted.block->header.height);
    publish_block(accepted);
}

void EventFeed::publish_contracts(const chain::BlockAccepted& accepted) {
    const ledger::BlockHeader& header = accepted.block->header;
    for_each_event(accepted, [&](const vm::EventView& event, const std::string& origin) {
        const ledger::ContractId contract{event.source};
        const Json json{{"contract", hex(contract)},
                        {"topic", event.topic},
                        {"origin", origin},
                        {"height", header.height.value},
                        {"block_hash", hex(header.hash)},
                        {"data", to_hex(event.data)},
                        {"decoded", decoded_event(contract, event.topic, event.data)}};
        hub_.publish(Channel::contracts, {.contract = contract, .topic = std::string(event.topic)}, text_of(json));
    });
}

void EventFeed::publish_spent(const chain::BlockAccepted& accepted) {
    for (const ledger::SpentTransaction& spent : accepted.spent) {
        const ledger::TransactionId id = spent.transaction.id();
        const ledger::Transaction& transaction = spent.transaction.transaction;
        const Json json{{"state", "executed"},
                        {"id", hex(id)},
                        {"height", spent.block_height.value},
                        {"block_hash", hex(accepted.block->header.hash)},
                        {"gas_spent", u64(spent.gas_spent.value)},
                        {"error", spent.error ? Json(*spent.error) : Json(nullptr)},
                        {"transaction", transaction_value(transaction)}};
        hub_.publish(Channel::transactions,
                     {.state = "executed", .transaction = id, .accounts = accounts_of(transaction)}, text_of(json));
    }
}

void EventFeed::publish_states(std::span<const chain::LabelChange> labels, ledger::Height tip) {
    for_each_new_state(blocks_, labels, [&](const ledger::BlockHash& hash, ledger::Height height, bool is_final) {
        const std::string_view state = is_final ? "final" : "confirmed";
        hub_.publish(
            Channel::blocks, {.state = state},
            text_of({{"state", state}, {"height", height.value}, {"hash", hex(hash)}, {"at_height", tip.value}}));
    });
}

void EventFeed::publish_block(const chain::BlockAccepted& accepted) {
    const ledger::BlockHeader& header = accepted.block->header;
    Json ids = Json::array();
    std::uint64_t gas = 0;
    for (const ledger::SpentTransaction& spent : accepted.spent) {
        ids.push_back(hex(spent.transaction.id()));
        gas += spent.gas_spent.value;
    }
    hub_.publish(Channel::blocks, {.state = "accepted"},
                 text_of({{"state", "accepted"},
                          {"height", header.height.value},
                          {"hash", hex(header.hash)},
                          {"header", header_value(header)},
                          {"transactions", std::move(ids)},
                          {"gas_spent", u64(gas)}}));
}

void EventFeed::publish(const chain::BlocksReverted& reverted) {
    if (reverted.blocks.empty() || !hub_.log().records(Channel::blocks)) return;
    const std::uint64_t tip = reverted.blocks.front()->header.height.value;
    for (const auto& block : reverted.blocks) {
        hub_.publish(Channel::blocks, {.state = "reverted"},
                     text_of({{"state", "reverted"},
                              {"height", block->header.height.value},
                              {"hash", hex(block->header.hash)},
                              {"at_height", tip}}));
    }
}

}  // namespace dusk::rpc::jsonrpc
