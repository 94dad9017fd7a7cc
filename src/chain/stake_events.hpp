// What events of the stake contract do to the stakes (spec/consensus.md §5).
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "consensus/provisioners.hpp"
#include "vm/event_list.hpp"

namespace dusk::chain {

// Of the events of a block, without reverted ones, in order. Nothing where one of them cannot be read or is about a key
// that is none.
[[nodiscard]] std::optional<std::vector<consensus::StakeChange>> stake_changes(const vm::EventList& events);

// What one event that was not reverted does: nothing where it changes no stake.
struct UnreadableStake {};
[[nodiscard]] Result<std::optional<consensus::StakeChange>, UnreadableStake> stake_change(
    const ledger::ContractId& source, std::string_view topic, ByteView data);

// A stake as the contract keeps it; a value of zero where there is none. Nothing where the key is none.
[[nodiscard]] std::optional<consensus::Provisioner> provisioner_of(const ledger::Unchecked<ledger::AccountKey>& account,
                                                                   const std::optional<ledger::StakeAmount>& amount);
// Of all stakes that the contract keeps.
[[nodiscard]] consensus::Provisioners provisioners_of(std::span<const ledger::StakeEntry> stakes);

}  // namespace dusk::chain
