// Epochs of stakes (spec/consensus.md §5).
#pragma once

#include "ledger/quantities.hpp"

namespace dusk::ledger {

inline constexpr std::uint64_t kEpochBlocks = 2160;

// The first height of the next epoch. Wraps beyond 2^64, as the network does.
[[nodiscard]] constexpr Height next_epoch(Height height) {
    return {height.value + kEpochBlocks - height.value % kEpochBlocks};
}
// From when on a stake counts that was made at `height`.
[[nodiscard]] constexpr Height eligible_from(Height height) { return {next_epoch(height).value + kEpochBlocks}; }

}  // namespace dusk::ledger
