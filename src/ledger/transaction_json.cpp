#include "ledger/transaction_json.hpp"

#include <nlohmann/json.hpp>

#include "base/base58.hpp"
#include "base/base64.hpp"
#include "base/hex.hpp"

namespace dusk::ledger {
namespace {

using Json = nlohmann::ordered_json;

Json note_json(const phoenix::Note& note) {
    return {{"type", static_cast<int>(note.type())},
            {"value_commitment",
             {to_hex(note.value_commitment().u().to_bytes()), to_hex(note.value_commitment().v().to_bytes())}},
            {"stealth_address", to_base58(note.stealth_address().to_bytes())},
            {"value_enc", to_hex(note.value_enc())},
            {"sender", to_hex(note.sender().to_bytes())}};
}

}  // namespace

Json transaction_json(const Transaction& transaction) {
    Json out;
    Json fee{{"gas_limit", std::to_string(transaction.gas_limit().value)},
             {"gas_price", std::to_string(transaction.gas_price().value)}};
    Json outputs = Json::array();
    if (const PhoenixTransaction* hidden = transaction.phoenix()) {
        const PhoenixPayload& payload = hidden->payload;
        out["type"] = "phoenix";
        out["root"] = to_hex(payload.skeleton.root.to_bytes());
        out["nullifiers"] = Json::array();
        for (const crypto::Fq& nullifier : payload.skeleton.nullifiers) {
            out["nullifiers"].push_back(to_hex(nullifier.to_bytes()));
        }
        for (const phoenix::Note& note : payload.skeleton.outputs) outputs.push_back(note_json(note));
        fee["refund_address"] = to_base58(payload.fee.stealth_address.to_bytes());
        fee["phoenix sender"] = to_hex(payload.fee.sender.to_bytes());
    } else {
        const MoonlightPayload& payload = transaction.moonlight()->payload;
        out["type"] = "moonlight";
        out["sender"] = payload.sender.to_base58();
        out["receiver"] = payload.receiver == payload.sender ? Json() : Json(payload.receiver.to_base58());
        out["value"] = payload.value.value;
        out["nonce"] = payload.nonce.value;
        fee["refund_address"] = payload.fee.refund_address.to_base58();
    }
    out["deposit"] = transaction.deposit().value;
    if (!outputs.empty()) out["outputs"] = std::move(outputs);
    out["fee"] = std::move(fee);
    out["call"] = nullptr;
    if (const ContractCall* call = transaction.call()) {
        out["call"] = {{"contract", to_hex(call->contract.bytes)},
                       {"fn_name", call->fn_name},
                       {"fn_args", to_base64(call->fn_args)}};
    }
    out["is_deploy"] = transaction.deploy() != nullptr;
    const Memo* memo = transaction.memo();
    out["memo"] = memo != nullptr ? Json(to_hex(memo->bytes)) : Json();
    return out;
}

}  // namespace dusk::ledger
