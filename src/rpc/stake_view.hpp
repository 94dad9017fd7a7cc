// A stake as it stands in the stake contract, in the texts that clients are given; each interface has its own names for
// them.
#pragma once

#include <optional>
#include <string>

#include "ledger/stake_contract.hpp"

namespace dusk::rpc {

struct StakeView {
    std::string account{};  // base58
    bool is_owned_by_contract = false;
    std::string owner{};           // base58 of an account, or hexadecimal digits of a contract
    ledger::StakeAmount amount{};  // zeros where only rewards are left
};

// Nothing: a key in it is none.
[[nodiscard]] std::optional<StakeView> stake_view(const ledger::StakeEntry& entry);

}  // namespace dusk::rpc
