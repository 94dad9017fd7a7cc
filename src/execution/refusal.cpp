#include "execution/refusal.hpp"

namespace dusk::execution {
namespace {

// Of the released node; empty where it has none.
std::string_view precondition_text(Refusal refusal) {
    switch (refusal) {
        case Refusal::fee_overflow:
            return "phoenix fee overflow";
        case Refusal::fee_tampered:
            return "phoenix fee tampered";
        case Refusal::refund_address:
            return "phoenix fee refund stealth address mismatch";
        case Refusal::deploy_charge_overflow:
            return "deploy charge overflow";
        case Refusal::deploy_price:
            return "gas price too low to deploy";
        case Refusal::deploy_limit:
            return "not enough gas to deploy";
        case Refusal::memory64:
            return "64-bit wasm is not enabled in the VM";
        case Refusal::no_blob:
            return "no blob attached to the transaction";
        case Refusal::too_many_blobs:
            return "too many blobs in the transaction";
        case Refusal::blob_limit:
            return "not enough gas for blobs";
        default:
            return {};
    }
}

}  // namespace

std::string_view to_string(Refusal refusal) {
    switch (refusal) {
        case Refusal::fee_overflow:
            return "gas limit times gas price is more than 64 bits hold";
        case Refusal::fee_tampered:
            return "gas limit times gas price is not the fee that is proven";
        case Refusal::refund_address:
            return "the refund address is not that of the change note";
        case Refusal::deploy_charge_overflow:
            return "the deployment charge is more than 64 bits hold";
        case Refusal::deploy_price:
            return "a deployment pays at least 2000 lux for each gas";
        case Refusal::deploy_limit:
            return "the gas limit is below the deployment charge";
        case Refusal::memory64:
            return "contracts with a 64-bit memory cannot be deployed";
        case Refusal::no_blob:
            return "a blob transaction carries at least one blob";
        case Refusal::too_many_blobs:
            return "a transaction carries at most 6 blobs";
        case Refusal::blob_limit:
            return "the gas limit is below the charge of the blobs";
        case Refusal::no_price:
            return "the gas price is zero";
        case Refusal::low_gas_limit:
            return "the gas limit is below 150000";
        case Refusal::too_large:
            return "the transaction does not fit the argument buffer of the transfer contract";
        case Refusal::bad_signature:
            return "the signature is not the sender's";
        case Refusal::bad_proof:
            return "the proof does not prove this transaction";
        case Refusal::cost_overflow:
            return "value, deposit and fee together are more than 64 bits hold";
        case Refusal::balance:
            return "the account does not hold value, deposit and fee";
        case Refusal::used_nonce:
            return "the nonce was used before";
        case Refusal::same_nullifier:
            return "a nullifier occurs twice";
        case Refusal::spent_nullifier:
            return "a note was spent before";
        case Refusal::nonce_not_ready:
            return "a nonce before this one is missing";
        case Refusal::unspendable:
            return "the transfer contract refuses the transaction";
        case Refusal::refund_failed:
            return "the transfer contract refuses the refund";
    }
    return "unknown error";
}

std::string node_text(Refusal refusal, std::string_view detail) {
    if (const auto text = precondition_text(refusal); !text.empty()) return "Precondition error: " + std::string(text);
    switch (refusal) {
        // Wallets look for these words.
        case Refusal::balance:
            return "this transaction is invalid Value spent larger than account holds";
        case Refusal::cost_overflow:
            return "this transaction is invalid Value spent will overflow";
        case Refusal::bad_signature:
            return "this transaction is invalid Invalid signature";
        case Refusal::bad_proof:
            return "this transaction is invalid Invalid proof";
        case Refusal::nonce_not_ready:
            return "Nonce not ready to be used yet";
        case Refusal::unspendable:
            return "Unspendable: " + std::string(detail);
        case Refusal::refund_failed:
            return "Failed refund: " + std::string(detail);
        default:
            return std::string(to_string(refusal));
    }
}

}  // namespace dusk::execution
