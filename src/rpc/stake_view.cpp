#include "rpc/stake_view.hpp"

#include "ledger/hex_name.hpp"

namespace dusk::rpc {

std::optional<StakeView> stake_view(const ledger::StakeEntry& entry) {
    const auto key = ledger::account_key(entry.keys.account);
    if (!key) return {};
    StakeView out{.account = key->to_base58(), .amount = entry.data.amount.value_or(ledger::StakeAmount{})};
    if (const auto* account = std::get_if<ledger::AccountOwner>(&entry.keys.owner)) {
        const auto owner = ledger::account_key(account->account);
        if (!owner) return {};
        out.owner = owner->to_base58();
    } else {
        out.is_owned_by_contract = true;
        out.owner = ledger::hex(std::get<ledger::ContractOwner>(entry.keys.owner).contract);
    }
    return out;
}

}  // namespace dusk::rpc
