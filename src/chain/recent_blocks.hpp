// The blocks that may still change: the last final one and all above it.
#pragma once

#include <vector>

#include "chain/finality.hpp"

namespace dusk::chain {

struct RecentBlock {
    ledger::BlockHash hash{};
    ledger::StateRoot root{};
    std::uint8_t iteration = 0;
    ledger::Label label{};
};

// Never empty. Above the first, no block is final.
class RecentBlocks {
  public:
    RecentBlocks(ledger::Height last_final, std::vector<RecentBlock> blocks)
        : last_final_(last_final), blocks_(std::move(blocks)) {}

    [[nodiscard]] ledger::Height last_final() const { return last_final_; }
    [[nodiscard]] ledger::Height tip() const { return {last_final_.value + blocks_.size() - 1}; }
    [[nodiscard]] std::span<const RecentBlock> all() const { return blocks_; }
    // Null below the last final block and above the tip.
    [[nodiscard]] const RecentBlock* at(ledger::Height height) const;

    // Labels that a block on top would change (finality.hpp).
    [[nodiscard]] Finality finality_with(std::uint8_t unshown_iterations) const;
    // Adds it and changes the labels; returns those that are final now but for the last one, lowest first: their states
    // are not needed any more.
    std::vector<RecentBlock> add(const RecentBlock& block, const Finality& finality);
    // Takes away all above a height that is not below the last final block.
    std::vector<RecentBlock> cut(ledger::Height height);

  private:
    ledger::Height last_final_;
    std::vector<RecentBlock> blocks_;
};

}  // namespace dusk::chain
