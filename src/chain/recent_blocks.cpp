#include "chain/recent_blocks.hpp"

namespace dusk::chain {

using ledger::Height;

const RecentBlock* RecentBlocks::at(Height height) const {
    if (height < last_final_ || height > tip()) return nullptr;
    return &blocks_[height.value - last_final_.value];
}

Finality RecentBlocks::finality_with(std::uint8_t unshown_iterations) const {
    std::vector<ledger::Label> labels;
    labels.reserve(blocks_.size() - 1);
    for (std::size_t i = 1; i < blocks_.size(); ++i) labels.push_back(blocks_[i].label);
    return advance_finality({tip().value + 1}, unshown_iterations, last_final_, labels);
}

std::vector<RecentBlock> RecentBlocks::add(const RecentBlock& block, const Finality& finality) {
    for (const LabelChange& change : finality.labels) {
        blocks_[change.height.value - last_final_.value].label = change.label;
    }
    blocks_.push_back(block);
    const auto settled = static_cast<std::ptrdiff_t>(finality.last_final.value - last_final_.value);
    std::vector<RecentBlock> out(blocks_.begin(), blocks_.begin() + settled);
    blocks_.erase(blocks_.begin(), blocks_.begin() + settled);
    last_final_ = finality.last_final;
    return out;
}

std::vector<RecentBlock> RecentBlocks::cut(Height height) {
    if (height >= tip()) return {};
    const auto kept = static_cast<std::ptrdiff_t>(height.value - last_final_.value + 1);
    std::vector<RecentBlock> out(blocks_.begin() + kept, blocks_.end());
    blocks_.erase(blocks_.begin() + kept, blocks_.end());
    return out;
}

}  // namespace dusk::chain
