// How final blocks become as others follow them (spec/consensus.md §16).
#pragma once

#include <span>
#include <vector>

#include "chain/block_store.hpp"

namespace dusk::chain {

struct Finality {
    ledger::Label label{};              // of the new block
    std::vector<LabelChange> labels{};  // of blocks below it, by height
    ledger::Height last_final{};
};

// A block at `height` enters the chain. `unshown_iterations`: its PNI, `HeaderFindings`. `labels`: of the blocks above
// the last final one up to the tip, lowest first; they are not looked at unless PNI is 0, and O(size) then.
[[nodiscard]] Finality advance_finality(ledger::Height height, std::uint8_t unshown_iterations,
                                        ledger::Height last_final, std::span<const ledger::Label> labels);

}  // namespace dusk::chain
