#include "rpc/jsonrpc/values.hpp"

#include "base/hex.hpp"
#include "consensus/rules.hpp"
#include "ledger/header_json.hpp"
#include "ledger/hex_name.hpp"
#include "ledger/transaction_json.hpp"
#include "rpc/drivers/genesis_drivers.hpp"
#include "rpc/stake_view.hpp"

namespace dusk::rpc::jsonrpc {
namespace {

// Those of the ledger's JSON that may be larger than 2^53.
void make_text(Json& object, const char* name) {
    const auto found = object.find(name);
    if (found != object.end() && found->is_number_unsigned()) *found = u64(found->get<std::uint64_t>());
}

void make_bitsets_text(Json& attestation) {
    for (const char* step : {"validation", "ratification"}) make_text(attestation[step], "bitset");
}

}  // namespace

std::string_view step_name(ledger::Step step) {
    switch (step) {
        case ledger::Step::proposal:
            return "proposal";
        case ledger::Step::validation:
            return "validation";
        case ledger::Step::ratification:
            return "ratification";
    }
    return "";
}

std::string_view step_name(ledger::VotingStep step) {
    return step == ledger::VotingStep::validation ? "validation" : "ratification";
}

std::string_view vote_name(const ledger::Vote& vote) {
    switch (vote.kind()) {
        case ledger::Vote::Kind::no_candidate:
            return "no_candidate";
        case ledger::Vote::Kind::valid:
            return "valid";
        case ledger::Vote::Kind::invalid:
            return "invalid";
        case ledger::Vote::Kind::no_quorum:
            return "no_quorum";
    }
    return "";
}

std::string_view verdict_name(consensus::Verdict verdict) {
    switch (verdict) {
        case consensus::Verdict::valid:
            return "valid";
        case consensus::Verdict::invalid:
            return "invalid";
        case consensus::Verdict::unknown:
            return "unknown";
    }
    return "";
}

Json vote_hash(const ledger::Vote& vote) {
    const auto block = vote.block();
    return block ? Json(hex(*block)) : Json(nullptr);
}

Json header_value(const ledger::BlockHeader& header) {
    Json out = ledger::header_json(header);
    make_bitsets_text(out["prev_block_cert"]);
    for (Json& failed : out["failed_iterations"]) {
        if (!failed.is_null()) make_bitsets_text(failed[0]);
    }
    return out;
}

Json transaction_value(const ledger::Transaction& transaction) {
    Json out = ledger::transaction_json(transaction);
    for (const char* name : {"value", "deposit", "nonce"}) make_text(out, name);
    return out;
}

Json decoded_event(const ledger::ContractId& contract, std::string_view topic, ByteView data) {
    DataDriver* const driver = genesis_driver(contract);
    if (driver == nullptr) return nullptr;
    auto value = driver->decode_event(topic, data);
    return value ? Json(*std::move(value)) : Json(nullptr);
}

Json event_value(const vm::EventView& event) {
    return {{"contract", to_hex(event.source)},
            {"topic", event.topic},
            {"data", to_hex(event.data)},
            {"decoded", decoded_event({event.source}, event.topic, event.data)},
            {"reverted", event.reverted}};
}

std::optional<Json> stake_value(const ledger::StakeEntry& entry, ledger::Height tip) {
    const auto view = stake_view(entry);
    if (!view) return {};
    const ledger::StakeAmount& amount = view->amount;
    const bool is_eligible = amount.value >= consensus::kMinimumStake && amount.eligibility.value <= tip.value + 1;
    return Json{{"account", view->account},
                {"owner", {{view->is_owned_by_contract ? "contract" : "account", view->owner}}},
                {"amount", u64(amount.value.value)},
                {"locked", u64(amount.locked.value)},
                {"reward", u64(entry.data.reward.value)},
                {"eligible_from", amount.eligibility.value},
                {"is_eligible", is_eligible},
                {"faults", entry.data.faults},
                {"hard_faults", entry.data.hard_faults}};
}

}  // namespace dusk::rpc::jsonrpc
