#include "rpc/archive/list_json.hpp"

#include <array>

#include "base/base58.hpp"
#include "base/utf8.hpp"
#include "ledger/hex_name.hpp"
#include "rpc/archive/happening_text.hpp"

namespace dusk::rpc {
namespace {

using chronicle::AccountBytes;
using chronicle::Happening;
using chronicle::ListedTransaction;
using chronicle::TransactionKind;
using Json = nlohmann::ordered_json;

constexpr std::array<std::string_view, 5> kKinds{"transfer", "call", "deploy", "memo", "blob"};

Json account_or_null(const std::optional<AccountBytes>& account) {
    return account ? Json(account_text(*account)) : Json(nullptr);
}

// Rewards have one name, and a reason.
std::string_view name_of(Happening happening) {
    return is_reward(happening) ? std::string_view("rewarded") : chronicle::to_string(happening);
}
Json reward_reason(Happening happening) {
    if (!is_reward(happening)) return nullptr;
    return std::string(chronicle::to_string(happening).substr(std::string_view("reward_").size()));
}

// By the event's own topic: which of them a call made is told by the contract that reported it.
Json owner_json(ByteView owner) {
    if (owner.empty()) return nullptr;
    if (owner.size() == sizeof(AccountBytes)) return {{"account", to_base58(owner)}};
    return {{"hex", to_hex(owner)}};
}

std::string fee_of(const ListedTransaction& transaction) {
    const auto fee = ledger::checked_cost(transaction.gas_spent, transaction.gas_price);
    return lux_text(fee.value_or(ledger::Lux{}));
}

}  // namespace

std::string lux_text(ledger::Lux lux) { return std::to_string(lux.value); }

std::string account_text(const AccountBytes& account) { return to_base58(account); }

std::string readable(ByteView bytes) {
    if (is_utf8(bytes)) return {bytes.begin(), bytes.end()};
    return "0x" + to_hex(bytes);
}
std::string readable(std::string_view bytes) { return readable(as_bytes(bytes)); }

std::string_view to_string(TransactionKind kind) { return kKinds.at(static_cast<std::size_t>(kind)); }

std::optional<TransactionKind> transaction_kind(std::string_view name) {
    for (std::size_t i = 0; i < kKinds.size(); ++i) {
        if (kKinds.at(i) == name) return static_cast<TransactionKind>(i);
    }
    return {};
}

Json transaction_item(const ListedTransaction& transaction) {
    const bool is_open = !transaction.is_shielded;
    return {
        {"height", transaction.height.value},
        {"time", transaction.time},
        {"block", hex(transaction.block)},
        {"index", transaction.index},
        {"transaction", hex(transaction.id)},
        {"family", is_open ? "public" : "shielded"},
        {"kind", to_string(transaction.kind)},
        {"sender", account_or_null(transaction.sender)},
        {"receiver", account_or_null(transaction.receiver)},
        {"amount", is_open ? Json(lux_text(transaction.amount)) : Json(nullptr)},
        {"contract", transaction.contract ? Json(hex(*transaction.contract)) : Json(nullptr)},
        {"function", transaction.kind == TransactionKind::call ? Json(readable(transaction.function)) : Json(nullptr)},
        {"gas_limit", transaction.gas_limit.value},
        {"gas_spent", transaction.gas_spent.value},
        {"gas_price", transaction.gas_price.value},
        {"fee", fee_of(transaction)},
        {"error", transaction.error ? Json(readable(*transaction.error)) : Json(nullptr)}};
}

Json happening_item(const chronicle::ListedHappening& happening, const AccountBytes& account,
                    const ListedTransaction* transaction) {
    const chronicle::EventRecord& event = happening.event;
    const HappeningDetail detail = detail_of(happening, account);
    const bool is_of_block = event.origin == event.block.bytes;
    const bool is_payer = transaction != nullptr && transaction->sender == account;
    Json party = nullptr;
    if (detail.account) party = {{"account", account_text(*detail.account)}};
    if (detail.contract) party = {{"contract", hex(*detail.contract)}};
    if (detail.is_hidden) party = {{"shielded", true}};
    return {
        {"id", event.id},
        {"height", event.height.value},
        {"time", happening.time},
        {"block", hex(event.block)},
        {"transaction", is_of_block ? Json(nullptr) : Json(to_hex(event.origin))},
        {"kind", name_of(happening.happening)},
        {"amount", lux_text(happening.amount)},
        {"party", std::move(party)},
        {"memo", detail.memo.empty() ? Json(nullptr) : Json(to_hex(detail.memo))},
        {"reason", reward_reason(happening.happening)},
        {"next_eligibility", detail.next_eligibility ? Json(detail.next_eligibility->value) : Json(nullptr)},
        {"text", happening_text(happening, detail, is_payer ? transaction : nullptr)},
        {"call", nullptr},
        {"fee", is_payer ? Json(fee_of(*transaction)) : Json(nullptr)},
        {"error", transaction != nullptr && transaction->error ? Json(readable(*transaction->error)) : Json(nullptr)}};
}

Json block_item(const chronicle::ListedBlock& block) {
    return {{"height", block.height.value}, {"hash", hex(block.hash)},          {"time", block.time},
            {"iteration", block.iteration}, {"missed", block.missed},           {"transactions", block.transactions},
            {"gas_spent", block.gas_spent}, {"reward", lux_text(block.reward)}, {"text", block_text(block)}};
}

Json contract_item(const chronicle::ListedContract& contract) {
    return {{"contract", hex(contract.contract)},
            {"owner", owner_json(contract.owner)},
            {"height", contract.height.value},
            {"time", contract.time},
            {"transaction", contract.transaction ? Json(hex(*contract.transaction)) : Json(nullptr)},
            {"deployer", account_or_null(contract.deployer)},
            {"calls", contract.calls},
            {"more_calls", contract.calls >= chronicle::Lists::kMostCounted}};
}

Json event_item(const chronicle::EventRecord& event) {
    return {{"id", event.id},
            {"height", event.height.value},
            {"block", hex(event.block)},
            {"origin", to_hex(event.origin)},
            {"contract", hex(event.source)},
            {"topic", readable(event.topic)},
            {"data", to_hex(event.data)},
            {"value", nullptr},
            {"reverted", event.reverted}};
}

Json provisioner_item(const chronicle::ProvisionerSum& sum) {
    return {{"account", account_text(sum.account)},
            {"produced", sum.produced},
            {"missed", sum.missed},
            {"rewards", lux_text(sum.rewards)},
            {"slashes", sum.slashes}};
}

Json period_item(const chronicle::Period& period) {
    return {{"time", period.begin},
            {"blocks", period.blocks},
            {"public", period.public_ones},
            {"shielded", period.shielded_ones},
            {"transactions", period.transactions},
            {"failed", period.failed},
            {"calls", period.calls},
            {"deployments", period.deployments},
            {"gas", period.gas},
            {"fees", lux_text(period.fees)},
            {"events", period.events},
            {"accounts", period.accounts}};
}

std::optional<std::uint32_t> happenings_of(std::string_view names) {
    if (names == "all") return chronicle::Lists::kAllHappenings;
    std::uint32_t out = 0;
    while (!names.empty()) {
        const std::size_t end = names.find(',');
        const std::string_view name = names.substr(0, end);
        names = end == std::string_view::npos ? std::string_view() : names.substr(end + 1);
        std::uint32_t bits = 0;
        for (unsigned i = 0; i < chronicle::kHappenings; ++i) {
            if (name_of(static_cast<Happening>(i)) == name) bits |= 1U << i;
        }
        if (bits == 0) return {};
        out |= bits;
    }
    return out == 0 ? std::nullopt : std::optional(out);
}

}  // namespace dusk::rpc
