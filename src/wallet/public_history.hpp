// What the archive of a node tells of a public account (spec/interfaces.md §9.3).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/quantities.hpp"
#include "wallet/json_fields.hpp"

namespace dusk::wallet {

// One transaction by which an account paid or was paid.
struct PublicMove {
    std::string id{};  // of the transaction, 64 hexadecimal digits
    std::uint64_t height = 0;
    // As in the journal: "send", "shield", "stake", "unstake", "claim", "call"; of what others did: "received".
    std::string action{};
    ledger::Lux value{};      // what was paid, put in or taken out
    std::string other{};      // who paid or was paid, an account or a contract; may be empty
    Bytes memo{};             // may be empty
    ledger::Gas gas_spent{};  // by the account; 0 where it did not pay for the gas
    bool is_failed = false;   // what it called failed
};

// `list`: the member "json" of a fullMoonlightHistory, null where there is none. Events of forms that are not known,
// and transactions that do not concern the account, are left out: one stake or call never costs the rest of a history.
// The error is a sentence: it is no list of transactions.
[[nodiscard]] Result<std::vector<PublicMove>, std::string> read_public_history(const nlohmann::json& list,
                                                                               const std::string& account);

}  // namespace dusk::wallet
