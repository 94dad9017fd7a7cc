// Sparse Merkle trees of fixed height and arity: spec/crypto.md §10.
//
// A `Rule` says what the tree holds and how a node comes from its children:
//     using Item                    the value of a leaf or node
//     kArity, kHeight               the tree has kArity^kHeight slots for leaves
//     kEmpty                        stands for a missing child on every level; never hashed upwards
//     aggregate(nodes, out)         out[i] = node over the children *nodes[i]; batches make it fast
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/executor.hpp"
#include "base/result.hpp"
#include "crypto/node_pool.hpp"

namespace dusk::crypto {

enum class MerkleError : std::uint8_t {
    beyond_capacity,  // the tree has no such position
    too_many_nodes,   // 2^32 - 1 nodes of one kind are in use
    bad_position,     // an opening names a child that a node does not have
};
[[nodiscard]] std::string_view to_string(MerkleError error);

// The path from the root to a leaf: the children of each node on it, from the root (level 0) to the leaf's parent.
template <class Rule>
struct MerkleOpening {
    using Item = typename Rule::Item;
    using Children = std::array<Item, Rule::kArity>;

    Item root;
    std::array<Children, Rule::kHeight> branch;
    std::array<std::uint32_t, Rule::kHeight> positions;  // which child the path takes

    // Whether the item is the leaf of the opening and hashes to its root. From the leaf upwards; the first mismatch
    // ends it. Error: bad_position, when the path takes a child at or beyond the arity before anything mismatches.
    [[nodiscard]] Result<bool, MerkleError> verify(Item item) const {
        for (std::size_t level = Rule::kHeight; level-- > 0;) {
            if (positions[level] >= Rule::kArity) return fail(MerkleError::bad_position);
            if (item != branch[level][positions[level]]) return false;
            const Children* node = &branch[level];
            Rule::aggregate(std::span(&node, 1), std::span(&item, 1));
        }
        return item == root;
    }

    friend bool operator==(const MerkleOpening&, const MerkleOpening&) = default;
};

// Inserting and removing only mark the path; `root` and what depends on it hash every marked node once, level by level.
template <class Rule>
class MerkleTree {
  public:
    using Item = typename Rule::Item;
    using Opening = MerkleOpening<Rule>;
    static constexpr std::size_t kArity = Rule::kArity;
    static constexpr std::size_t kHeight = Rule::kHeight;
    static_assert(kArity >= 2 && kArity <= 8 && kHeight >= 2);

    // The number of slots.
    [[nodiscard]] static constexpr std::uint64_t capacity() {
        std::uint64_t out = 1;
        for (std::size_t i = 0; i < kHeight; ++i) out *= kArity;
        return out;
    }
    [[nodiscard]] std::uint64_t len() const { return length_; }  // leaves in the tree
    [[nodiscard]] bool is_empty() const { return length_ == 0; }
    [[nodiscard]] bool contains(std::uint64_t position) const { return leaf(position) != nullptr; }
    // The leaf at the position, null when there is none. Valid until the next change.
    [[nodiscard]] const Item* leaf(std::uint64_t position) const;

    // Puts a leaf in, in place of the one that may be there. Errors: beyond_capacity, too_many_nodes (then the tree has
    // the same leaves as before). Time: O(height), no hashing.
    [[nodiscard]] Result<void, MerkleError> insert(std::uint64_t position, const Item& item);

    // Takes a leaf out and gives it back; none when there is none. Nodes that lose their last leaf go with it.
    std::optional<Item> remove(std::uint64_t position);

    // The hash over all leaves; kEmpty for none. Time: one aggregation per node above a change since the last call.
    [[nodiscard]] const Item& root() {
        SerialExecutor serial;
        return root(serial);
    }
    [[nodiscard]] const Item& root(Executor& executor) {
        update(executor);
        return root_item_;
    }

    // The path to a leaf; none where there is no leaf. Time: that of `root`, then O(height).
    [[nodiscard]] std::optional<Opening> opening(std::uint64_t position);

    struct Subtree {
        Item root;
        std::size_t height;  // levels above the leaves
    };
    // The smallest subtree of height 1 or more that holds all leaves; kEmpty and 0 for no leaves. Time: that of
    // `root`, then O(height).
    [[nodiscard]] Subtree smallest_subtree();

  private:
    using Children = std::array<Item, kArity>;
    using Index = NodeIndex;

    // A node keeps the items of its children, so that they are hashed where they lie.
    struct Parent {  // of leaves
        Children items = empty_children();
        std::uint8_t present = 0;  // bit per leaf
    };
    struct Ancestor {  // of nodes
        Children items = empty_children();
        std::array<Index, kArity> children{};  // kNoNode for none
        std::uint8_t stale = 0;                // bit per child whose item does not hold
    };
    struct Stale {
        Index node;
        Index ancestor;
        std::uint8_t slot;
    };
    // Slots of a leaf from the root down.
    using Path = std::array<std::uint8_t, kHeight>;

    static constexpr Children empty_children() {
        Children out;
        out.fill(Rule::kEmpty);
        return out;
    }
    static constexpr Path path_to(std::uint64_t position) {
        Path out{};
        for (std::size_t level = kHeight; level-- > 0;) {
            out[level] = static_cast<std::uint8_t>(position % kArity);
            position /= kArity;
        }
        return out;
    }
    static constexpr std::uint8_t bit(std::size_t slot) { return static_cast<std::uint8_t>(1U << slot); }

    void update(Executor& executor);
    [[nodiscard]] std::vector<std::vector<Stale>> take_stale();
    void aggregate_level(std::span<const Stale> nodes, bool parents, Executor& executor);

    NodePool<Ancestor> ancestors_;
    NodePool<Parent> parents_;
    Index root_ = kNoNode;  // an ancestor once there was a leaf
    Item root_item_ = Rule::kEmpty;
    bool root_stale_ = false;
    std::uint64_t length_ = 0;
};

template <class Rule>
const typename Rule::Item* MerkleTree<Rule>::leaf(std::uint64_t position) const {
    if (position >= capacity() || root_ == kNoNode) return nullptr;
    const Path path = path_to(position);
    Index node = root_;
    for (std::size_t level = 0; level + 1 < kHeight; ++level) {
        node = ancestors_[node].children[path[level]];
        if (node == kNoNode) return nullptr;
    }
    const Parent& parent = parents_[node];
    return (parent.present & bit(path.back())) != 0 ? &parent.items[path.back()] : nullptr;
}

template <class Rule>
Result<void, MerkleError> MerkleTree<Rule>::insert(std::uint64_t position, const Item& item) {
    if (position >= capacity()) return fail(MerkleError::beyond_capacity);
    if (ancestors_.left() < kHeight || parents_.left() < 1) return fail(MerkleError::too_many_nodes);
    const Path path = path_to(position);
    if (root_ == kNoNode) root_ = ancestors_.add();
    root_stale_ = true;
    Index node = root_;
    for (std::size_t level = 0; level + 1 < kHeight; ++level) {
        const std::size_t slot = path[level];
        Index child = ancestors_[node].children[slot];
        if (child == kNoNode) {
            child = level + 2 == kHeight ? parents_.add() : ancestors_.add();
            ancestors_[node].children[slot] = child;
        }
        ancestors_[node].stale |= bit(slot);
        node = child;
    }
    Parent& parent = parents_[node];
    if ((parent.present & bit(path.back())) == 0) ++length_;
    parent.present |= bit(path.back());
    parent.items[path.back()] = item;
    return {};
}

template <class Rule>
std::optional<typename Rule::Item> MerkleTree<Rule>::remove(std::uint64_t position) {
    if (!contains(position)) return {};
    const Path path = path_to(position);
    std::array<Index, kHeight> nodes;
    nodes[0] = root_;
    for (std::size_t level = 0; level + 1 < kHeight; ++level) {
        ancestors_[nodes[level]].stale |= bit(path[level]);
        nodes[level + 1] = ancestors_[nodes[level]].children[path[level]];
    }
    root_stale_ = true;
    --length_;

    Parent& parent = parents_[nodes.back()];
    const Item out = parent.items[path.back()];
    parent.items[path.back()] = Rule::kEmpty;
    parent.present &= static_cast<std::uint8_t>(~bit(path.back()));
    if (parent.present != 0) return out;
    parents_.remove(nodes.back());
    for (std::size_t level = kHeight - 1; level-- > 0;) {
        Ancestor& ancestor = ancestors_[nodes[level]];
        ancestor.items[path[level]] = Rule::kEmpty;
        ancestor.children[path[level]] = kNoNode;
        ancestor.stale &= static_cast<std::uint8_t>(~bit(path[level]));
        if (std::ranges::any_of(ancestor.children, [](Index child) { return child != kNoNode; })) return out;
        ancestors_.remove(nodes[level]);
    }
    root_ = kNoNode;
    return out;
}

// The nodes whose items do not hold, by level from that of the root's children on. Their marks are gone then.
template <class Rule>
std::vector<std::vector<typename MerkleTree<Rule>::Stale>> MerkleTree<Rule>::take_stale() {
    std::vector<std::vector<Stale>> levels(kHeight - 1);
    const auto descend = [&](Index node, std::vector<Stale>& below) {
        Ancestor& ancestor = ancestors_[node];
        for (std::size_t slot = 0; slot < kArity; ++slot) {
            if ((ancestor.stale & bit(slot)) == 0) continue;
            below.push_back({ancestor.children[slot], node, static_cast<std::uint8_t>(slot)});
        }
        ancestor.stale = 0;
    };
    descend(root_, levels[0]);
    for (std::size_t level = 0; level + 1 < levels.size(); ++level) {
        for (const Stale& stale : levels[level]) descend(stale.node, levels[level + 1]);
    }
    return levels;
}

template <class Rule>
void MerkleTree<Rule>::aggregate_level(std::span<const Stale> nodes, bool parents, Executor& executor) {
    constexpr std::size_t kChunk = 64;
    const std::size_t chunks = (nodes.size() + kChunk - 1) / kChunk;
    // Each node writes its own slot of an ancestor.
    executor.parallel_for(chunks, [&](std::size_t chunk) {
        const auto mine = nodes.subspan(chunk * kChunk, std::min(kChunk, nodes.size() - chunk * kChunk));
        std::array<const Children*, kChunk> children;
        std::array<Item, kChunk> items;
        for (std::size_t i = 0; i < mine.size(); ++i) {
            children[i] = parents ? &parents_[mine[i].node].items : &ancestors_[mine[i].node].items;
        }
        Rule::aggregate(std::span<const Children* const>(children).first(mine.size()),
                        std::span(items).first(mine.size()));
        for (std::size_t i = 0; i < mine.size(); ++i) ancestors_[mine[i].ancestor].items[mine[i].slot] = items[i];
    });
}

template <class Rule>
void MerkleTree<Rule>::update(Executor& executor) {
    if (!root_stale_) return;
    root_stale_ = false;
    if (root_ == kNoNode) {
        root_item_ = Rule::kEmpty;
        return;
    }
    const auto levels = take_stale();
    for (std::size_t level = levels.size(); level-- > 0;) {
        aggregate_level(levels[level], level + 1 == levels.size(), executor);
    }
    const Children* top = &ancestors_[root_].items;
    Rule::aggregate(std::span(&top, 1), std::span(&root_item_, 1));
}

template <class Rule>
std::optional<typename MerkleTree<Rule>::Opening> MerkleTree<Rule>::opening(std::uint64_t position) {
    if (!contains(position)) return {};
    const Path path = path_to(position);
    Opening out{};
    out.root = root();
    Index node = root_;
    for (std::size_t level = 0; level < kHeight; ++level) {
        out.positions[level] = path[level];
        if (level + 1 == kHeight) {
            out.branch[level] = parents_[node].items;
        } else {
            out.branch[level] = ancestors_[node].items;
            node = ancestors_[node].children[path[level]];
        }
    }
    return out;
}

template <class Rule>
typename MerkleTree<Rule>::Subtree MerkleTree<Rule>::smallest_subtree() {
    if (is_empty()) return {Rule::kEmpty, 0};
    Subtree out{root(), kHeight};
    for (Index node = root_; out.height > 1; --out.height) {
        const Ancestor& ancestor = ancestors_[node];
        const auto is_child = [](Index child) { return child != kNoNode; };
        if (std::ranges::count_if(ancestor.children, is_child) > 1) break;
        const auto child = std::ranges::find_if(ancestor.children, is_child);
        out.root = ancestor.items[static_cast<std::size_t>(child - ancestor.children.begin())];
        node = *child;
    }
    return out;
}

}  // namespace dusk::crypto
