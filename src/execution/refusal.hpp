// Why a transaction has no place in a block, before and while it is executed (spec/transactions.md §7, §10).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace dusk::execution {

enum class Refusal : std::uint8_t {
    // Of the transaction alone, in the order in which they are looked for (§7, 2 to 6).
    fee_overflow,            // Phoenix: gas limit times price is beyond 64 bits
    fee_tampered,            // Phoenix: it is not the max_fee that is proven
    refund_address,          // Phoenix: the refund would go elsewhere than the change
    deploy_charge_overflow,  // the price of so many bytes is beyond 64 bits
    deploy_price,            // a deployment pays at least 2000 lux for each gas
    deploy_limit,            // the gas limit is below the deployment charge
    memory64,                // the bytecode declares a 64-bit memory
    no_blob,                 // a blob transaction without a blob
    too_many_blobs,          // more than 6
    blob_limit,              // the gas limit is below the charge of the blobs
    // Of what pools take, which blocks may break (§10, admission).
    no_price,       // no lux for a gas: the transfer contract would refuse it
    low_gas_limit,  // below 150 000
    too_large,      // its argument for the transfer contract is beyond 64 KiB
    bad_signature,  // Moonlight: not the sender's
    bad_proof,      // Phoenix: the proof does not prove this, or there is no circuit for so many nullifiers
    // Of the transaction and the state.
    cost_overflow,    // Moonlight: value, deposit and fee add up to more than 64 bits
    balance,          // Moonlight: the account does not hold that
    used_nonce,       // Moonlight: not above the account's
    same_nullifier,   // Phoenix: a nullifier twice
    spent_nullifier,  // Phoenix: a note that was spent before
    // Of execution.
    nonce_not_ready,  // a nonce before it is missing: it may be spendable later
    unspendable,      // the transfer contract refuses it; the text says why
    refund_failed,    // executed, but the refund was refused: the state is to be dropped
};
// What is wrong, one sentence.
[[nodiscard]] std::string_view to_string(Refusal refusal);

// As the released node words it, where it has words: `Precondition error: …`, `Unspendable: …`, `Failed refund: …`,
// `Nonce not ready to be used yet`; else one sentence. `detail` goes behind the colon of the second and third.
[[nodiscard]] std::string node_text(Refusal refusal, std::string_view detail = {});

}  // namespace dusk::execution
