// Who voted for a block, and with how much weight (spec/consensus.md §7, §13.3).
#pragma once

#include "ledger/identifiers.hpp"

namespace dusk::ledger {

// A member of the committees that attested a block, with its credits in both steps.
struct Voter {
    AccountKey account;
    std::uint64_t credits = 0;
    friend bool operator==(const Voter&, const Voter&) = default;
};

}  // namespace dusk::ledger
