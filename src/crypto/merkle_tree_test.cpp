#include "crypto/merkle_tree.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>

namespace dusk::crypto {
namespace {

// Small enough for a model, and a node depends on all children and their order.
struct SumRule {
    using Item = std::uint64_t;
    static constexpr std::size_t kArity = 3;
    static constexpr std::size_t kHeight = 3;
    static constexpr Item kEmpty = 0;
    static inline std::size_t aggregated = 0;

    static Item node(const std::array<Item, kArity>& children) {
        Item out = 7;
        for (const Item child : children) out = (out ^ child) * 0x9e3779b97f4a7c15 + 1;
        return out;
    }
    static void aggregate(std::span<const std::array<Item, kArity>* const> nodes, std::span<Item> out) {
        for (std::size_t i = 0; i < nodes.size(); ++i) out[i] = node(*nodes[i]);
        aggregated += nodes.size();
    }
};
using Tree = MerkleTree<SumRule>;
using Leaves = std::map<std::uint64_t, std::uint64_t>;

// The definition: the item of the node of `height` that starts at `first`.
std::uint64_t model(const Leaves& leaves, std::uint64_t first, std::size_t height) {
    std::uint64_t width = 1;
    for (std::size_t i = 0; i < height; ++i) width *= SumRule::kArity;
    const auto begin = leaves.lower_bound(first);
    if (begin == leaves.end() || begin->first >= first + width) return SumRule::kEmpty;
    if (height == 0) return begin->second;
    std::array<std::uint64_t, SumRule::kArity> children;
    for (std::size_t i = 0; i < children.size(); ++i) {
        children[i] = model(leaves, first + i * (width / SumRule::kArity), height - 1);
    }
    return SumRule::node(children);
}

Tree tree_of(const Leaves& leaves) {
    Tree tree;
    for (const auto& [position, item] : leaves) tree.insert(position, item).value();
    return tree;
}

Leaves any_leaves() {
    return *rc::gen::container<Leaves>(rc::gen::inRange<std::uint64_t>(0, Tree::capacity()),
                                       rc::gen::inRange<std::uint64_t>(0, 5));
}

TEST(MerkleTree, Empty) {
    Tree tree;
    EXPECT_EQ(tree.root(), 0U);
    EXPECT_TRUE(tree.is_empty());
    EXPECT_FALSE(tree.contains(0));
    EXPECT_FALSE(tree.opening(0));
    EXPECT_FALSE(tree.remove(0));
    EXPECT_EQ(tree.smallest_subtree().height, 0U);
    EXPECT_EQ(tree.smallest_subtree().root, 0U);
}

TEST(MerkleTree, PositionsBeyondTheCapacity) {
    Tree tree;
    ASSERT_EQ(Tree::capacity(), 27U);
    EXPECT_TRUE(tree.insert(26, 1));
    for (const std::uint64_t position : {std::uint64_t{27}, std::uint64_t{28}, ~std::uint64_t{0}}) {
        EXPECT_EQ(tree.insert(position, 1).error(), MerkleError::beyond_capacity);
        EXPECT_FALSE(tree.contains(position));
        EXPECT_FALSE(tree.remove(position));
        EXPECT_FALSE(tree.opening(position));
    }
    EXPECT_EQ(tree.len(), 1U);
}

TEST(MerkleTree, EveryChangedNodeIsHashedOnce) {
    Tree tree;
    for (std::uint64_t position = 0; position < 9; ++position) tree.insert(position, position).value();
    SumRule::aggregated = 0;
    (void)tree.root();
    EXPECT_EQ(SumRule::aggregated, 3U + 1U + 1U);
    (void)tree.root();
    EXPECT_EQ(SumRule::aggregated, 5U);
    tree.insert(26, 1).value();
    (void)tree.root();
    EXPECT_EQ(SumRule::aggregated, 5U + 3U);
}

TEST(MerkleTree, SmallestSubtree) {
    Tree tree;
    tree.insert(13, 5).value();
    EXPECT_EQ(tree.smallest_subtree().height, 1U);
    EXPECT_EQ(tree.smallest_subtree().root, SumRule::node({0, 5, 0}));
    tree.insert(14, 6).value();
    EXPECT_EQ(tree.smallest_subtree().height, 1U);
    tree.insert(15, 7).value();
    EXPECT_EQ(tree.smallest_subtree().height, 2U);
    EXPECT_EQ(tree.smallest_subtree().root, SumRule::node({0, SumRule::node({0, 5, 6}), SumRule::node({7, 0, 0})}));
    tree.insert(0, 8).value();
    EXPECT_EQ(tree.smallest_subtree().height, 3U);
    EXPECT_EQ(tree.smallest_subtree().root, tree.root());
    tree.remove(0);
    EXPECT_EQ(tree.smallest_subtree().height, 2U);
}

RC_GTEST_PROP(MerkleTree, FollowsTheModelThroughInsertAndRemove, ()) {
    Tree tree;
    Leaves leaves;
    const auto steps = *rc::gen::inRange(0, 60);
    for (int step = 0; step < steps; ++step) {
        const auto position = *rc::gen::inRange<std::uint64_t>(0, Tree::capacity());
        if (*rc::gen::inRange(0, 3) == 0) {
            const auto there = leaves.find(position);
            const auto removed = tree.remove(position);
            RC_ASSERT(removed.has_value() == (there != leaves.end()));
            if (removed) {
                RC_ASSERT(*removed == there->second);
                leaves.erase(there);
            }
        } else {
            const auto item = *rc::gen::inRange<std::uint64_t>(0, 5);
            RC_ASSERT(tree.insert(position, item).has_value());
            leaves[position] = item;
        }
        RC_ASSERT(tree.len() == leaves.size());
        RC_ASSERT(tree.contains(position) == leaves.contains(position));
        if (*rc::gen::arbitrary<bool>()) RC_ASSERT(tree.root() == model(leaves, 0, SumRule::kHeight));
    }
    RC_ASSERT(tree.root() == model(leaves, 0, SumRule::kHeight));
}

RC_GTEST_PROP(MerkleTree, RemoveUndoesInsert, ()) {
    const Leaves leaves = any_leaves();
    const auto position = *rc::gen::inRange<std::uint64_t>(0, Tree::capacity());
    RC_PRE(!leaves.contains(position));
    Tree tree = tree_of(leaves);
    const auto root = tree.root();
    const auto subtree = tree.smallest_subtree();
    RC_ASSERT(tree.insert(position, 3).has_value());
    if (*rc::gen::arbitrary<bool>()) (void)tree.root();
    RC_ASSERT(tree.remove(position) == std::optional<std::uint64_t>(3));
    RC_ASSERT(tree.root() == root);
    RC_ASSERT(tree.smallest_subtree().root == subtree.root);
    RC_ASSERT(tree.smallest_subtree().height == subtree.height);
}

RC_GTEST_PROP(MerkleTree, AnOpeningVerifiesItsLeafOnly, ()) {
    const Leaves leaves = any_leaves();
    RC_PRE(!leaves.empty());
    Tree tree = tree_of(leaves);
    for (std::uint64_t position = 0; position < Tree::capacity(); ++position) {
        const auto opening = tree.opening(position);
        RC_ASSERT(opening.has_value() == leaves.contains(position));
        if (!opening) continue;
        const std::uint64_t item = leaves.at(position);
        RC_ASSERT(opening->root == tree.root());
        RC_ASSERT(opening->verify(item).value());
        RC_ASSERT(!opening->verify(item + 1).value());

        auto changed = *opening;
        changed.root += 1;
        RC_ASSERT(!changed.verify(item).value());
        changed = *opening;
        const auto level = *rc::gen::inRange<std::size_t>(0, SumRule::kHeight);
        const auto slot = *rc::gen::inRange<std::size_t>(0, SumRule::kArity);
        changed.branch[level][slot] += 1;
        RC_ASSERT(!changed.verify(item).value());
    }
}

TEST(MerkleTree, AnOpeningWithABadPositionIsAnErrorWhereItIsReached) {
    Tree tree = tree_of({{0, 1}, {1, 2}, {9, 3}});
    auto opening = tree.opening(1).value();
    opening.positions[0] = 3;
    EXPECT_EQ(opening.verify(2).error(), MerkleError::bad_position);
    EXPECT_FALSE(opening.verify(1).value());  // the leaf mismatches first
    opening.positions[2] = 0xffffffff;
    EXPECT_EQ(opening.verify(1).error(), MerkleError::bad_position);
}

}  // namespace
}  // namespace dusk::crypto
