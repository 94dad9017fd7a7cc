// Whether to believe what a peer claims to have (spec/consensus.md §15.1). Local policy.
#pragma once

#include "base/clock.hpp"
#include "consensus/rules.hpp"
#include "ledger/block_header.hpp"

namespace dusk::chain {

// Whether there was time since the tip for that many blocks. True for heights up to the tip's unless the tip itself is
// ahead of the clock.
[[nodiscard]] bool is_plausible_height(ledger::Height claimed, const ledger::BlockHeader& tip, WallTime now,
                                       std::chrono::seconds minimum_block_time = consensus::kMinimumBlockTime);

}  // namespace dusk::chain
