// Arguments of the contract functions that genesis calls, as archives (spec/transactions.md §13).
#pragma once

#include "phoenix/note.hpp"
#include "snapshot.hpp"
#include "vm/contract_id.hpp"

namespace dusk::genesis {

inline constexpr vm::ContractId kTransferContract{1};
inline constexpr vm::ContractId kStakeContract{2};

// (PublicKey, u64): add_account_balance.
[[nodiscard]] Bytes account_balance(const crypto::BlsPublicKey& account, std::uint64_t lux);
// (ContractId, u64): add_contract_balance.
[[nodiscard]] Bytes contract_balance(const vm::ContractId& contract, std::uint64_t lux);
// (u64, Note): push_note.
[[nodiscard]] Bytes note_at(std::uint64_t height, const phoenix::Note& note);
// (StakeKeys, StakeData): insert_stake. An amount of 0 is no amount.
[[nodiscard]] Bytes stake_of(const Stake& stake);

}  // namespace dusk::genesis
