// What the ledger and the chain have, as answers and events show it. Numbers that may be larger than 2^53 are text.
#pragma once

#include "chain/block_store.hpp"
#include "consensus/round_view.hpp"
#include "ledger/block_header.hpp"
#include "ledger/stake_contract.hpp"
#include "rpc/jsonrpc/rpc_error.hpp"
#include "vm/event_list.hpp"

namespace dusk::rpc::jsonrpc {

[[nodiscard]] inline std::string u64(std::uint64_t value) { return std::to_string(value); }

[[nodiscard]] std::string_view step_name(ledger::Step step);
[[nodiscard]] std::string_view step_name(ledger::VotingStep step);
[[nodiscard]] std::string_view vote_name(const ledger::Vote& vote);
[[nodiscard]] std::string_view verdict_name(consensus::Verdict verdict);
// The block that is voted on, or null.
[[nodiscard]] Json vote_hash(const ledger::Vote& vote);

// Names as in events of the released node.
[[nodiscard]] Json header_value(const ledger::BlockHeader& header);
[[nodiscard]] Json transaction_value(const ledger::Transaction& transaction);

// What the driver of a genesis contract reads out of an event; null where there is none, or it cannot.
[[nodiscard]] Json decoded_event(const ledger::ContractId& contract, std::string_view topic, ByteView data);
// {contract, topic, data, decoded, reverted}
[[nodiscard]] Json event_value(const vm::EventView& event);

// As it counts in the round after the tip. Nothing: a key in it is none.
[[nodiscard]] std::optional<Json> stake_value(const ledger::StakeEntry& entry, ledger::Height tip);

}  // namespace dusk::rpc::jsonrpc
