// Calls of the transfer and the stake contract that move a wallet's own funds, with the permits that they want
// (spec/transactions.md §8.2, §9; spec/interfaces.md §8.6).
#pragma once

#include "base/random.hpp"
#include "ledger/stake_contract.hpp"
#include "ledger/transaction_data.hpp"
#include "phoenix/keys.hpp"

namespace dusk::wallet {

// Who is paid what is taken out of a contract, by the keys of one profile: `notes` makes a new stealth address and
// draws from `random` 64 bytes for it, then 64 for the signature; the account draws nothing.
struct Payee {
    const crypto::BlsSecretKey& account;
    const phoenix::SecretKey* notes = nullptr;  // null: the account is paid
};

// `token` names the transaction that makes the call: its nonce, or the nullifiers of the notes that it spends.
// From notes to the account or back: `convert` of the transfer contract; the transaction deposits `value`.
[[nodiscard]] ledger::ContractCall convert_call(ledger::Lux value, const Payee& payee,
                                                const ledger::WithdrawReplayToken& token, RandomSource& random);

// The keys of a stake: of the account that stakes, and of who may take the stake out.
struct StakeSigners {
    const crypto::BlsSecretKey& account;
    const crypto::BlsSecretKey& owner;
};

// The transaction deposits `value`.
[[nodiscard]] ledger::ContractCall stake_call(ledger::ChainId chain, ledger::Lux value, const StakeSigners& signers);
// `value` of the stake, or of its reward.
[[nodiscard]] ledger::ContractCall unstake_call(ledger::Lux value, const StakeSigners& signers, const Payee& payee,
                                                const ledger::WithdrawReplayToken& token, RandomSource& random);
[[nodiscard]] ledger::ContractCall reward_call(ledger::Lux value, const StakeSigners& signers, const Payee& payee,
                                               const ledger::WithdrawReplayToken& token, RandomSource& random);

}  // namespace dusk::wallet
