#include "chain/stake_events.hpp"

#include "base/archive.hpp"

namespace dusk::chain {
namespace {

using consensus::StakeAdded;
using consensus::StakeChange;
using consensus::StakeSlashed;
using consensus::StakeTaken;

// Adds or takes.
template <class Change>
std::optional<StakeChange> moved(ByteView data) {
    const auto event = archive_read<ledger::StakeEvent>(data);
    if (!event) return {};
    const auto key = ledger::account_key(event->keys.account);
    if (!key) return {};
    return Change{*key, event->value};
}

std::optional<StakeChange> slashed(ByteView data) {
    const auto event = archive_read<ledger::SlashEvent>(data);
    if (!event) return {};
    const auto key = ledger::account_key(event->account);
    if (!key) return {};
    return StakeSlashed{*key, event->value, event->next_eligibility};
}

using Reader = std::optional<StakeChange> (*)(ByteView);

// Null for an event that changes no stake.
Reader reader_of(std::string_view topic) {
    if (topic == "stake") return moved<StakeAdded>;
    if (topic == "unstake") return moved<StakeTaken>;
    if (topic == "slash" || topic == "hard_slash") return slashed;
    return nullptr;
}

}  // namespace

Result<std::optional<StakeChange>, UnreadableStake> stake_change(const ledger::ContractId& source,
                                                                 std::string_view topic, ByteView data) {
    const Reader read = source == ledger::kStakeContract ? reader_of(topic) : nullptr;
    if (read == nullptr) return std::nullopt;
    auto change = read(data);
    if (!change) return fail(UnreadableStake{});
    return change;
}

std::optional<std::vector<StakeChange>> stake_changes(const vm::EventList& events) {
    std::vector<StakeChange> out;
    for (const vm::EventView& event : events) {
        if (event.reverted) continue;
        auto change = stake_change({event.source}, event.topic, event.data);
        if (!change) return {};
        if (*change) out.push_back(**std::move(change));
    }
    return out;
}

std::optional<consensus::Provisioner> provisioner_of(const ledger::Unchecked<ledger::AccountKey>& account,
                                                     const std::optional<ledger::StakeAmount>& amount) {
    const auto key = ledger::account_key(account);
    if (!key) return {};
    const ledger::StakeAmount held = amount.value_or(ledger::StakeAmount{});
    return consensus::Provisioner{*key, held.value, held.eligibility};
}

consensus::Provisioners provisioners_of(std::span<const ledger::StakeEntry> stakes) {
    consensus::Provisioners out;
    for (const ledger::StakeEntry& stake : stakes) {
        if (const auto provisioner = provisioner_of(stake.keys.account, stake.data.amount)) out.set(*provisioner);
    }
    return out;
}

}  // namespace dusk::chain
