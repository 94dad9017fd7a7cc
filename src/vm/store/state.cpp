#include "vm/store/state.hpp"

#include <algorithm>
#include <limits>
#include <map>

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

bool State::apply(const ContractUpdate& update, std::map<std::uint32_t, Hash>& leaves) {
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
    leaves[now->position] = now->pages.root();
    return true;
}

StatePtr State::with(std::span<const ContractUpdate> updates, std::span<const LeafOverride> overrides) const {
    auto next = std::make_shared<State>(*this);
    std::map<std::uint32_t, Hash> leaves;  // the last of equal positions stays
    for (const ContractUpdate& update : updates) {
        if (!next->apply(update, leaves)) return nullptr;
    }
    for (const LeafOverride& leaf : overrides) {
        if (leaf.position == 0 || leaf.position > next->last_position_) return nullptr;
        leaves[leaf.position] = leaf.hash;
    }
    std::vector<StateTree::Leaf> changed;
    changed.reserve(leaves.size());
    for (const auto& [position, hash] : leaves) {
        const TreeNode* there = tree_.find(position);
        if (there != nullptr && there->hash == hash) continue;
        changed.push_back({.index = position, .node = std::make_shared<TreeNode>(hash)});
    }
    next->tree_ = tree_.with(changed);
    return next;
}

}  // namespace dusk::vm
