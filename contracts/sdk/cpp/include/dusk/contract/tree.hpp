// The links of an AVL tree, without its keys: one copy of this code serves every map of a contract.
#pragma once

#include "dusk/contract/types.hpp"

namespace dusk::contract {

struct TreeNode {
    TreeNode* left = nullptr;
    TreeNode* right = nullptr;
    int32_t height = 1;
};

// The links that were followed from the root; the last one is where the key is or belongs.
struct TreePath {
    // An AVL tree of 2^32 nodes is at most 46 high.
    static constexpr size_t deepest = 48;
    TreeNode** links[deepest];
    size_t count = 0;

    void push(TreeNode** link) {
        if (count == deepest) __builtin_trap();
        links[count++] = link;
    }
    [[nodiscard]] TreeNode*& last() { return *links[count - 1]; }
};

[[nodiscard]] inline int32_t tree_height(const TreeNode* node) { return node == nullptr ? 0 : node->height; }

inline __attribute__((noinline)) void tree_measure(TreeNode* node) {
    const int32_t left = tree_height(node->left);
    const int32_t right = tree_height(node->right);
    node->height = (left > right ? left : right) + 1;
}

// Turns the child on one side into the top.
inline __attribute__((noinline)) void tree_rotate(TreeNode*& top, TreeNode* TreeNode::* side,
                                                  TreeNode* TreeNode::* other) {
    TreeNode* const child = top->*side;
    top->*side = child->*other;
    child->*other = top;
    tree_measure(top);
    tree_measure(child);
    top = child;
}

inline __attribute__((noinline)) void tree_balance(TreeNode*& top) {
    const int32_t difference = tree_height(top->left) - tree_height(top->right);
    if (difference >= -1 && difference <= 1) return tree_measure(top);
    TreeNode* TreeNode::* const high = difference > 1 ? &TreeNode::left : &TreeNode::right;
    TreeNode* TreeNode::* const low = difference > 1 ? &TreeNode::right : &TreeNode::left;
    TreeNode*& child = top->*high;
    if (tree_height(child->*high) < tree_height(child->*low)) tree_rotate(child, low, high);
    tree_rotate(top, high, low);
}

inline void tree_balance_up(TreePath& path) {
    while (path.count > 0) {
        if (path.last() != nullptr) tree_balance(path.last());
        --path.count;
    }
}

// Puts a node where the path ends, which is empty.
inline __attribute__((noinline)) void tree_insert(TreePath& path, TreeNode* node) {
    path.last() = node;
    tree_balance_up(path);
}

// Takes out the node where the path ends.
inline __attribute__((noinline)) void tree_remove(TreePath& path) {
    TreeNode*& place = path.last();
    TreeNode* const gone = place;
    if (gone->right == nullptr) {
        place = gone->left;
    } else {
        // Its successor takes its place: the leftmost node on its right.
        TreePath down;
        down.push(&gone->right);
        while (down.last()->left != nullptr) down.push(&down.last()->left);
        TreeNode* const next = down.last();
        down.last() = next->right;
        --down.count;
        tree_balance_up(down);
        next->left = gone->left;
        next->right = gone->right;
        place = next;
    }
    tree_balance_up(path);
}

}  // namespace dusk::contract
