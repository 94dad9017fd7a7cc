// What happened to an account, in plain words, and what the event says of it besides the amount.
#pragma once

#include <string>

#include "chronicle/lists.hpp"

namespace dusk::rpc {

struct HappeningDetail {
    // The other side: at most one of these.
    std::optional<chronicle::AccountBytes> account{};
    std::optional<ledger::ContractId> contract{};
    bool is_hidden = false;  // notes
    Bytes memo{};
    std::optional<ledger::Height> next_eligibility{};  // after a punishment
};
// Read from the event that told of it.
[[nodiscard]] HappeningDetail detail_of(const chronicle::ListedHappening& happening,
                                        const chronicle::AccountBytes& account);

// One sentence. `transaction`: that the account paid for, null where it did not.
[[nodiscard]] std::string happening_text(const chronicle::ListedHappening& happening, const HappeningDetail& detail,
                                         const chronicle::ListedTransaction* transaction);
[[nodiscard]] std::string block_text(const chronicle::ListedBlock& block);

}  // namespace dusk::rpc
