#include "vm/store/state.hpp"

#include <algorithm>
#include <limits>

namespace dusk::vm {
namespace {

bool has_good_pages(const ContractUpdate& update) {
    if (update.memory_length > most_pages(update.is_64) * kPageSize) return false;
    std::int64_t last = -1;
    for (const PageTree::Leaf& leaf : update.pages) {
        if (leaf.index <= last || leaf.index >= most_pages(update.is_64) || !leaf.node) return false;
        last = leaf.index;
    }
    return true;
}

// The last of equal positions stays.
void keep_last(std::vector<StateTree::Leaf>& leaves) {
    std::ranges::stable_sort(leaves, {}, &StateTree::Leaf::index);
    std::size_t kept = 0;
    for (std::size_t i = 0; i < leaves.size(); ++i) {
        if (i + 1 < leaves.size() && leaves[i + 1].index == leaves[i].index) continue;
        if (kept != i) leaves[kept] = std::move(leaves[i]);
        ++kept;
    }
    leaves.erase(leaves.begin() + static_cast<std::ptrdiff_t>(kept), leaves.end());
}

}  // namespace

// The position of the update's key: the one it has, else a new one.
bool State::place(const ContractUpdate& update, std::uint32_t& position) {
    const std::uint32_t key = position_key(update.id);
    if (const LeafPosition* known = positions_.find(key)) {
        position = known->position;
        return update.position == 0 || update.position == position;
    }
    if (last_position_ == std::numeric_limits<std::uint32_t>::max()) return false;
    position = update.position == 0 ? last_position_ + 1 : update.position;
    last_position_ = std::max(last_position_, position);
    positions_ = positions_.with({.key = key, .position = position});
    return true;
}

bool State::apply(const ContractUpdate& update, std::vector<StateTree::Leaf>& leaves) {
    if (!has_good_pages(update)) return false;
    const ContractPtr before = share(update.id);
    if (before ? (before->is_64 != update.is_64 || update.deployment != nullptr) : update.deployment == nullptr) {
        return false;
    }
    ContractPtr now = before;
    if (!before || !update.pages.empty() || before->memory_length != update.memory_length) {
        std::uint32_t position = 0;
        if (!place(update, position)) return false;
        const PageTree pages = before ? before->pages : PageTree(page_tree_height(update.is_64));
        now = std::make_shared<const ContractRecord>(
            ContractRecord{.id = update.id,
                           .is_64 = update.is_64,
                           .memory_length = update.memory_length,
                           .position = position,
                           .deployment = before ? before->deployment : update.deployment,
                           .pages = pages.with(update.pages)});
        contracts_ = contracts_.with(now);
    }
    leaves.push_back({.index = now->position, .node = std::make_shared<TreeNode>(now->pages.root())});
    return true;
}

StatePtr State::with(std::span<const ContractUpdate> updates, std::span<const LeafOverride> overrides) const {
    auto next = std::make_shared<State>(*this);
    std::vector<StateTree::Leaf> leaves;
    leaves.reserve(updates.size() + overrides.size());
    for (const ContractUpdate& update : updates) {
        if (!next->apply(update, leaves)) return nullptr;
    }
    for (const LeafOverride& leaf : overrides) {
        if (leaf.position == 0 || leaf.position > next->last_position_) return nullptr;
        leaves.push_back({.index = leaf.position, .node = std::make_shared<TreeNode>(leaf.hash)});
    }
    keep_last(leaves);
    std::erase_if(leaves, [&](const StateTree::Leaf& leaf) {
        const TreeNode* there = tree_.find(leaf.index);
        return there != nullptr && there->hash == leaf.node->hash;
    });
    next->tree_ = tree_.with(leaves);
    return next;
}

}  // namespace dusk::vm
