#include "rpc/simulation_json.hpp"

#include <fmt/format.h>

#include <map>

#include "base/cases.hpp"
#include "base/hex.hpp"
#include "base/utf8.hpp"
#include "ledger/hex_name.hpp"

namespace dusk::rpc {
namespace {

using Json = nlohmann::ordered_json;
using execution::FailureReason;
using execution::SimulatedOutcome;
using execution::SimulationReport;
using Kind = FailureReason::Kind;

std::string lux(ledger::Lux value) { return std::to_string(value.value); }

// What a contract calls itself is any bytes.
std::string text_of(std::string_view text) {
    return is_utf8(as_bytes(text)) ? std::string(text) : "0x" + to_hex(as_bytes(text));
}

std::string_view outcome_text(SimulatedOutcome outcome) {
    switch (outcome) {
        case SimulatedOutcome::success:
            return "success";
        case SimulatedOutcome::failed:
            return "failed";
        case SimulatedOutcome::refused:
            return "refused";
    }
    return "";
}

std::string advice(const SimulationReport& report) {
    switch (report.reason->kind) {
        case Kind::panic:
            return "The contract ended itself with this text: what it was asked for does not fit its rules or its "
                   "state.";
        case Kind::out_of_gas:
            if (report.needed_limit) {
                return fmt::format("Set the gas limit to {} or more.", report.needed_limit->value);
            }
            if (report.reason_with_more_gas) {
                return fmt::format("More gas does not help: with all the gas of a block it fails with {}: {}",
                                   to_string(report.reason_with_more_gas->kind),
                                   text_of(report.reason_with_more_gas->text));
            }
            return "No gas limit that fits a block is enough.";
        case Kind::no_such_contract:
            return "Compare the contract's id; on another network it may have another one.";
        case Kind::no_such_function:
            return "The contract does not export a function with this name.";
        case Kind::trap:
            return "The contract's code failed: whoever wrote it should look at it.";
        case Kind::host:
            return "The contract was called, or called the host, in a way that is not allowed.";
        case Kind::bad_contract:
            return "What was to be deployed is no contract: `dusk contract inspect` tells why.";
        case Kind::contract_exists:
            return "Deploy it with another nonce, which gives it another id.";
        case Kind::nonce_not_ready:
            return "Send the transactions with the nonces before it first.";
        case Kind::rejected:
            return "No block takes this transaction: change what the text says.";
        case Kind::refund_failed:
            return "The gas that is left cannot be paid back to this account: name another one for the refund.";
    }
    return "";
}

Json reason_json(const SimulationReport& report) {
    if (!report.reason) return nullptr;
    const FailureReason& reason = *report.reason;
    return {{"kind", to_string(reason.kind)},
            {"text", text_of(reason.text)},
            {"contract", reason.contract ? Json(to_hex(*reason.contract)) : Json(nullptr)},
            {"function", reason.contract ? Json(text_of(reason.function)) : Json(nullptr)},
            {"advice", advice(report)}};
}

Json gas_json(const SimulationReport& report, ledger::Gas limit) {
    Json out{{"limit", limit.value},
             {"spent", report.gas_spent.value},
             {"charged", report.gas_charged.value},
             {"needed_limit", nullptr},
             {"advice", nullptr}};
    if (!report.needed_limit) return out;
    out["needed_limit"] = report.needed_limit->value;
    if (report.needed_limit->value > report.gas_spent.value && report.outcome == SimulatedOutcome::success) {
        out["advice"] =
            "The limit must be higher than what is spent: a contract passes on 93 of 100 parts of its gas to the "
            "contract that it calls, and what is not spent comes back.";
    }
    return out;
}

class Values {
  public:
    explicit Values(const FindDriver& find) : find_(find) {}
    Json event(const vm::Event& event) {
        DataDriver* const driver = driver_of({event.source});
        if (driver == nullptr) return nullptr;
        auto value = driver->decode_event(event.topic, event.data);
        return value ? Json(*std::move(value)) : Json(nullptr);
    }
    Json output(const ledger::ContractCall* call, ByteView data) {
        DataDriver* const driver = call == nullptr ? nullptr : driver_of(call->contract);
        if (driver == nullptr) return nullptr;
        auto value = driver->decode_output(call->fn_name, data);
        return value ? Json(*std::move(value)) : Json(nullptr);
    }

  private:
    DataDriver* driver_of(const ledger::ContractId& contract) {
        const auto known = drivers_.find(contract);
        if (known != drivers_.end()) return known->second.get();
        return drivers_.emplace(contract, find_(contract)).first->second.get();
    }

    const FindDriver& find_;
    std::map<ledger::ContractId, std::shared_ptr<DataDriver>> drivers_;
};

Json state_json(const std::vector<vm::TouchedContract>& state) {
    Json out = Json::array();
    for (const auto& one : state) {
        Json pages = Json::array();
        for (const auto& page : one.pages) {
            pages.push_back({{"page", page.index}, {"bytes_changed", page.bytes_changed}});
        }
        out.push_back({{"contract", to_hex(one.contract)},
                       {"deployed", one.is_new},
                       {"memory_before", one.memory_before},
                       {"memory_after", one.memory_after},
                       {"pages", std::move(pages)}});
    }
    return out;
}

Json balances_json(const std::vector<execution::BalanceChange>& balances) {
    Json out = Json::array();
    for (const auto& one : balances) {
        Json item;
        std::visit(Cases{[&](const ledger::AccountKey& account) { item["account"] = account.to_base58(); },
                         [&](const ledger::ContractId& contract) { item["contract"] = hex(contract); }},
                   one.owner);
        item["before"] = lux(one.before);
        item["after"] = lux(one.after);
        out.push_back(std::move(item));
    }
    return out;
}

}  // namespace

Json simulation_json(const SimulationReport& report, const ledger::Transaction& transaction, ledger::Height height,
                     const FindDriver& find_driver) {
    Values values(find_driver);
    Json events = Json::array();
    for (const vm::Event& event : report.events) {
        events.push_back({{"contract", to_hex(event.source)},
                          {"topic", text_of(event.topic)},
                          {"data", to_hex(event.data)},
                          {"value", values.event(event)},
                          {"reverted", event.reverted}});
    }
    Json calls = Json::array();
    for (const auto& call : report.calls) {
        calls.push_back({{"depth", call.depth},
                         {"contract", to_hex(call.contract)},
                         {"function", text_of(call.function)},
                         {"gas_limit", call.gas_limit},
                         {"gas_spent", call.gas_spent},
                         {"error", call.error ? Json(text_of(*call.error)) : Json(nullptr)}});
    }
    const auto fee = ledger::checked_cost(report.gas_charged, transaction.gas_price());
    const bool has_result = report.outcome == SimulatedOutcome::success;
    return {{"height", height.value},
            {"outcome", outcome_text(report.outcome)},
            {"reason", reason_json(report)},
            {"gas", gas_json(report, transaction.gas_limit())},
            {"fee", {{"price", transaction.gas_price().value}, {"charged", lux(fee.value_or(ledger::Lux{}))}}},
            {"result",
             {{"data", to_hex(report.result)},
              {"value", has_result ? values.output(transaction.call(), report.result) : Json(nullptr)}}},
            {"events", std::move(events)},
            {"calls", std::move(calls)},
            {"state", state_json(report.state)},
            {"balances", balances_json(report.balances)},
            {"truncated", report.is_cut}};
}

}  // namespace dusk::rpc
