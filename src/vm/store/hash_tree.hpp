// Persistent hash trees of fixed height: the state tree and the page trees (spec/vm.md §7.1).
//
// An empty subtree is 32 zero bytes on every level; every other inner node is the BLAKE3 of its children's hashes in a
// row. A change copies the paths to the leaves that change and shares the rest, so a tree may be read while others are
// made from it.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>

#include "crypto/blake3.hpp"
#include "vm/contract_id.hpp"

namespace dusk::vm {

// A node of any level; leaves may be of a type that inherits from it.
struct TreeNode {
    Hash hash{};
};
using TreeNodePtr = std::shared_ptr<const TreeNode>;

template <std::size_t Arity>
class HashTree {
    static_assert(Arity == 2 || Arity == 4);
    static constexpr unsigned kBits = Arity == 2 ? 1 : 2;  // of an index, per level

  public:
    struct Leaf {
        std::uint32_t index;
        TreeNodePtr node;
    };
    using Branch = std::array<TreeNodePtr, Arity>;

    // Room for Arity^height leaves, at most 2^32.
    explicit HashTree(unsigned height) : height_(height) {}

    [[nodiscard]] unsigned height() const { return height_; }
    [[nodiscard]] std::uint64_t capacity() const { return std::uint64_t{1} << (kBits * height_); }
    [[nodiscard]] Hash root() const { return root_ ? root_->hash : Hash{}; }
    [[nodiscard]] const TreeNodePtr& node() const { return root_; }  // null: the tree is empty

    // The leaf, null when there is none. O(height).
    [[nodiscard]] const TreeNode* find(std::uint32_t index) const {
        const TreeNode* at = root_.get();
        for (unsigned level = height_; level > 0 && at != nullptr; --level) {
            at = children_of(*at)[child_of(index, level)].get();
        }
        return at;
    }

    // The tree with these leaves put in, in place of what was there. They are in ascending order, no index twice, all
    // below the capacity. O(leaves · height), less where they lie together.
    [[nodiscard]] HashTree with(std::span<const Leaf> leaves) const {
        HashTree out(height_);
        out.root_ = leaves.empty() ? root_ : put(root_, height_, leaves);
        return out;
    }

    // f(index, node pointer) for every leaf, ascending.
    template <class F>
    void for_each(F&& f) const {
        if (root_) walk(root_, height_, 0, f);
    }

    // The same for the leaves that `other` has not got, or has got as another object. O(differences · height).
    template <class F>
    void for_each_changed(const HashTree& other, F&& f) const {
        if (root_ && root_ != other.root_) walk_changed(root_, other.root_, height_, 0, f);
    }

    // Whether every inner node below is the hash of its children. `visit(node)` says whether to look at an inner node.
    template <class Visit>
    [[nodiscard]] bool is_sound(Visit&& visit) const {
        return !root_ || sound(*root_, height_, visit);
    }

  private:
    struct Inner final : TreeNode {
        Branch children;
    };

    [[nodiscard]] static const Branch& children_of(const TreeNode& node) {
        return static_cast<const Inner&>(node).children;
    }
    [[nodiscard]] static std::size_t child_of(std::uint32_t index, unsigned level) {
        return (index >> (kBits * (level - 1))) & (Arity - 1);
    }

    [[nodiscard]] static Hash hash_of(const Branch& children) {
        ByteArray<32 * Arity> joined{};
        for (std::size_t i = 0; i < Arity; ++i) {
            if (children[i]) std::memcpy(joined.data() + 32 * i, children[i]->hash.data(), 32);
        }
        return crypto::blake3(joined);
    }

    [[nodiscard]] static TreeNodePtr put(const TreeNodePtr& old, unsigned level, std::span<const Leaf> leaves) {
        if (level == 0) return leaves.back().node;
        auto made = std::make_shared<Inner>();
        if (old) made->children = children_of(*old);
        while (!leaves.empty()) {
            const std::size_t child = child_of(leaves.front().index, level);
            std::size_t count = 1;
            while (count < leaves.size() && child_of(leaves[count].index, level) == child) ++count;
            made->children[child] = put(made->children[child], level - 1, leaves.first(count));
            leaves = leaves.subspan(count);
        }
        made->hash = hash_of(made->children);
        return made;
    }

    template <class F>
    static void walk(const TreeNodePtr& node, unsigned level, std::uint32_t index, F& f) {
        if (level == 0) return static_cast<void>(f(index, node));
        for (std::uint32_t i = 0; i < Arity; ++i) {
            const TreeNodePtr& child = children_of(*node)[i];
            if (child) walk(child, level - 1, (index << kBits) | i, f);
        }
    }

    template <class F>
    static void walk_changed(const TreeNodePtr& node, const TreeNodePtr& other, unsigned level, std::uint32_t index,
                             F& f) {
        if (!other || level == 0) return walk(node, level, index, f);
        for (std::uint32_t i = 0; i < Arity; ++i) {
            const TreeNodePtr& child = children_of(*node)[i];
            const TreeNodePtr& before = children_of(*other)[i];
            if (child && child != before) walk_changed(child, before, level - 1, (index << kBits) | i, f);
        }
    }

    template <class Visit>
    [[nodiscard]] static bool sound(const TreeNode& node, unsigned level, Visit& visit) {
        if (level == 0 || !visit(node)) return true;
        const Branch& children = children_of(node);
        for (const TreeNodePtr& child : children) {
            if (child && !sound(*child, level - 1, visit)) return false;
        }
        return hash_of(children) == node.hash;
    }

    unsigned height_;
    TreeNodePtr root_;
};

using StateTree = HashTree<2>;
using PageTree = HashTree<4>;

inline constexpr unsigned kStateTreeHeight = 32;
// Of memories of 32 and of 64 bits.
[[nodiscard]] constexpr unsigned page_tree_height(bool is_64) { return is_64 ? 13 : 8; }

}  // namespace dusk::vm
