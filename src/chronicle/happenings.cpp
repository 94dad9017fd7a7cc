#include "chronicle/happenings.hpp"

#include <array>

#include "base/archive.hpp"
#include "ledger/stake_contract.hpp"
#include "ledger/transfer_events.hpp"

namespace dusk::chronicle {
namespace {

using ledger::AccountKey;
using ledger::Unchecked;

constexpr std::array<std::string_view, kHappenings> kNames{"sent",
                                                           "received",
                                                           "refunded",
                                                           "shielded",
                                                           "unshielded",
                                                           "deposited",
                                                           "staked",
                                                           "unstaked",
                                                           "claimed",
                                                           "slashed",
                                                           "hard_slashed",
                                                           "reward_generator_fixed",
                                                           "reward_generator_extra",
                                                           "reward_voter",
                                                           "reward_other"};

AccountBytes bytes_of(const Unchecked<AccountKey>& account) { return ledger::account_bytes(account); }

const Unchecked<AccountKey>* account_of(const ledger::WithdrawReceiver& receiver) {
    const auto* account = std::get_if<ledger::ToAccount>(&receiver);
    return account == nullptr ? nullptr : &account->account;
}

void tell_payment(ByteView data, const TellHappening& tell) {
    const auto event = archive_read<ledger::MoonlightTransactionEvent>(data);
    if (!event) return;
    const AccountBytes sender = bytes_of(event->sender);
    tell(sender, Happening::sent, event->value.value);
    if (event->receiver) {
        const AccountBytes receiver = bytes_of(*event->receiver);
        if (receiver != sender) tell(receiver, Happening::received, event->value.value);
    }
    if (event->refund_info && event->refund_info->value.value > 0) {
        const AccountBytes refunded = bytes_of(event->refund_info->account);
        if (refunded != sender) tell(refunded, Happening::refunded, event->refund_info->value.value);
    }
}

void tell_transfer(const chain::KeptEvent& event, const TellHappening& tell) {
    if (event.topic == "moonlight") return tell_payment(event.data, tell);
    if (event.topic == "withdraw" || event.topic == "mint") {
        const auto read = archive_read<ledger::WithdrawEvent>(event.data);
        const auto* receiver = read ? account_of(read->receiver) : nullptr;
        if (receiver != nullptr) tell(bytes_of(*receiver), Happening::received, read->value.value);
    } else if (event.topic == "convert") {
        const auto read = archive_read<ledger::ConvertEvent>(event.data);
        if (!read) return;
        if (read->sender) tell(bytes_of(*read->sender), Happening::shielded, read->value.value);
        const auto* receiver = account_of(read->receiver);
        if (receiver != nullptr) tell(bytes_of(*receiver), Happening::unshielded, read->value.value);
    } else if (event.topic == "deposit") {
        const auto read = archive_read<ledger::DepositEvent>(event.data);
        if (read && read->sender) tell(bytes_of(*read->sender), Happening::deposited, read->value.value);
    } else if (event.topic == "contract_to_account") {
        const auto read = archive_read<ledger::ContractToAccountEvent>(event.data);
        if (read) tell(bytes_of(read->receiver), Happening::received, read->value.value);
    }
}

void tell_stake(ByteView data, Happening happening, const TellHappening& tell) {
    const auto read = archive_read<ledger::StakeEvent>(data);
    if (!read) return;
    // What is locked is a part of the stake as well.
    const std::uint64_t lux = read->value.value + read->locked.value;
    const AccountBytes account = bytes_of(read->keys.account);
    tell(account, happening, lux);
    const auto* owner = std::get_if<ledger::AccountOwner>(&read->keys.owner);
    if (owner != nullptr && bytes_of(owner->account) != account) tell(bytes_of(owner->account), happening, lux);
}

Happening of_reward(ledger::RewardReason reason) {
    switch (reason) {
        case ledger::RewardReason::generator_fixed:
            return Happening::reward_generator_fixed;
        case ledger::RewardReason::generator_extra:
            return Happening::reward_generator_extra;
        case ledger::RewardReason::voter:
            return Happening::reward_voter;
        case ledger::RewardReason::other:
            break;
    }
    return Happening::reward_other;
}

void tell_staking(const chain::KeptEvent& event, const TellHappening& tell) {
    if (event.topic == "stake") return tell_stake(event.data, Happening::staked, tell);
    if (event.topic == "unstake") return tell_stake(event.data, Happening::unstaked, tell);
    if (event.topic == "withdraw") return tell_stake(event.data, Happening::claimed, tell);
    if (event.topic == "slash" || event.topic == "hard_slash") {
        const auto read = archive_read<ledger::SlashEvent>(event.data);
        const auto happening = event.topic == "slash" ? Happening::slashed : Happening::hard_slashed;
        if (read) tell(bytes_of(read->account), happening, read->value.value);
    } else if (event.topic == "reward") {
        const auto read = archive_read<std::vector<ledger::Reward>>(event.data);
        if (!read) return;
        for (const ledger::Reward& one : *read) tell(bytes_of(one.account), of_reward(one.reason), one.value.value);
    }
}

}  // namespace

std::string_view to_string(Happening happening) {
    const auto number = static_cast<std::size_t>(happening);
    return number < kNames.size() ? kNames.at(number) : std::string_view("unknown");
}

void tell_happenings(const chain::KeptEvent& event, const TellHappening& tell) {
    if (event.reverted) return;
    if (event.source == ledger::kTransferContract) return tell_transfer(event, tell);
    if (event.source == ledger::kStakeContract) tell_staking(event, tell);
}

}  // namespace dusk::chronicle
