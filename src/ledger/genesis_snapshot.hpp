// What a network starts with: the content of a genesis file (spec/transactions.md §12).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/identifiers.hpp"
#include "ledger/quantities.hpp"
#include "phoenix/keys.hpp"

namespace dusk::ledger {

// Transparent notes of one owner.
struct GenesisNotes {
    phoenix::PublicKey address{};
    std::optional<std::uint64_t> seed{};  // of the randomness of the notes; without it every build has another root
    std::vector<Lux> notes{};
    bool operator==(const GenesisNotes&) const = default;
};

struct GenesisAccount {
    AccountKey address{};
    Lux balance{};
    bool operator==(const GenesisAccount&) const = default;
};

struct GenesisStake {
    AccountKey account{};                 // who votes
    std::optional<AccountKey> owner{};    // who may withdraw; the account where nothing is said
    Lux amount{};                         // 0: rewards without a stake
    std::optional<Height> eligibility{};  // from when on it counts; 0
    std::optional<Lux> reward{};
    bool operator==(const GenesisStake&) const = default;
};

struct GenesisSnapshot {
    std::optional<std::string> base_state{};  // address of a state that all else is added to
    std::optional<AccountKey> owner{};        // of the contracts; the Dusk key where nothing is said
    std::vector<GenesisNotes> phoenix_balances{};
    std::vector<GenesisAccount> moonlight_accounts{};
    std::vector<GenesisStake> stakes{};
    bool operator==(const GenesisSnapshot&) const = default;
};

}  // namespace dusk::ledger
