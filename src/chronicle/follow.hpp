// Brings a chronicle to where the chain is: takes away what is not part of it any more and adds what is new, read from
// the chain's own store. So nothing is lost that was not told, and nothing is there twice: who ends in the middle goes
// on where it was.
#pragma once

#include "chronicle/chronicle.hpp"

namespace dusk::chronicle {

// Of one step: when one of them is reached, the rest is left for the next.
struct StepLimits {
    std::uint64_t blocks = 1000;
    std::uint64_t events = 50'000;  // but always one block
};

struct Step {
    std::uint64_t reverted = 0;  // blocks
    std::uint64_t added = 0;
    std::uint64_t unknown = 0;  // of these: blocks whose events the chain has not kept
    std::uint64_t missing = 0;  // blocks between the highest one here and the lowest one that the chain still has
    ledger::Height height{};    // of the highest block then
    ledger::Height tip{};       // of the chain
    [[nodiscard]] bool is_behind() const { return height < tip; }
};

// The stakes after a final block of the chain; nothing: they are not kept.
using FindStakes =
    std::function<chain::StoreResult<std::optional<std::vector<chain::KeptStake>>>(ledger::Height height)>;

// One transaction of the database. `chain` does not change meanwhile: a view of its store. A chain that is shorter than
// what is final here is waited for. `stakes` is asked where they do not follow from what is here; it may be empty.
// Errors: other_chain, chain, and those of the database; nothing has changed then.
[[nodiscard]] Outcome<Step> follow(chain::BlockStore& chain, Chronicle& chronicle, const StepLimits& limits = {},
                                   const FindStakes& stakes = {});

}  // namespace dusk::chronicle
