// An ordered map on the contract's heap: an AVL tree. Lookups, insertions and removals take at most 1.44 log2(n)
// comparisons whatever the keys are: nobody can choose keys that make it slow.
#pragma once

#include "dusk/contract/memory.hpp"
#include "dusk/contract/optional.hpp"
#include "dusk/contract/tree.hpp"

namespace dusk::contract {

template <class K, class V>
class Map {
    struct Node;

  public:
    constexpr Map() = default;
    Map(const Map& other) : root_(copy(other.root_)), size_(other.size_) {}
    constexpr Map(Map&& other) : root_(other.root_), size_(other.size_) {
        other.root_ = nullptr;
        other.size_ = 0;
    }
    constexpr Map& operator=(Map other) {
        contract::swap(root_, other.root_);
        contract::swap(size_, other.size_);
        return *this;
    }
    constexpr ~Map() {
        if (root_ != nullptr) drop(root_);
    }

    [[nodiscard]] constexpr size_t size() const { return size_; }
    [[nodiscard]] constexpr bool empty() const { return size_ == 0; }

    // Null when the key is not there. Valid until the map changes.
    [[nodiscard]] const V* find(const K& key) const {
        TreePath path = path_to(key);
        const Node* const node = as_node(path.last());
        return node == nullptr ? nullptr : &node->value;
    }
    [[nodiscard]] V* find(const K& key) { return const_cast<V*>(static_cast<const Map*>(this)->find(key)); }
    [[nodiscard]] bool contains(const K& key) const { return find(key) != nullptr; }
    [[nodiscard]] V get_or(const K& key, V otherwise) const {
        const V* const found = find(key);
        return found != nullptr ? *found : otherwise;
    }
    // The value of the key; V{} is put there first when there is none.
    V& operator[](const K& key) {
        TreePath path = path_to(key);
        Node* node = as_node(path.last());
        if (node == nullptr) {
            node = make(key, V{});
            tree_insert(path, node);
            ++size_;
        }
        return node->value;
    }
    // The value of the key from now on.
    void set(const K& key, V value) { (*this)[key] = contract::move(value); }
    // Whether the key was there.
    bool erase(const K& key) {
        TreePath path = path_to(key);
        Node* const node = as_node(path.last());
        if (node == nullptr) return false;
        tree_remove(path);
        remove(node);
        --size_;
        return true;
    }
    void clear() {
        if (root_ != nullptr) drop(root_);
        root_ = nullptr;
        size_ = 0;
    }

    // visit(key, value) in the order of keys, while it returns true; from the first key that is not below `from`.
    template <class Visit>
    void for_each(Visit&& visit) const {
        static_cast<void>(walk(root_, nullptr, visit));
    }
    template <class Visit>
    void for_each_from(const K& from, Visit&& visit) const {
        static_cast<void>(walk(root_, &from, visit));
    }

    bool operator==(const Map& other) const {
        if (size_ != other.size_) return false;
        bool equal = true;
        for_each([&](const K& key, const V& value) {
            const V* const found = other.find(key);
            equal = found != nullptr && *found == value;
            return equal;
        });
        return equal;
    }

  private:
    struct Node : TreeNode {
        K key;
        V value;
        Node(const K& k, V v) : key(k), value(contract::move(v)) {}
    };
    static Node* as_node(TreeNode* node) { return static_cast<Node*>(node); }
    static const Node* as_node(const TreeNode* node) { return static_cast<const Node*>(node); }

    static void drop(TreeNode* node) {
        if (node->left != nullptr) drop(node->left);
        if (node->right != nullptr) drop(node->right);
        remove(as_node(node));
    }
    static void remove(Node* node) {
        node->~Node();
        release(node, sizeof(Node));
    }
    static Node* make(const K& key, V value) {
        return construct(static_cast<Node*>(allocate(sizeof(Node))), key, contract::move(value));
    }
    static Node* copy(const TreeNode* node) {
        if (node == nullptr) return nullptr;
        Node* const made = make(as_node(node)->key, as_node(node)->value);
        made->left = copy(node->left);
        made->right = copy(node->right);
        made->height = node->height;
        return made;
    }
    // Follows the links to the key, or to where it belongs.
    __attribute__((noinline)) TreePath path_to(const K& key) const {
        TreePath path;
        path.push(const_cast<TreeNode**>(&root_));
        while (const Node* const node = as_node(path.last())) {
            if (key < node->key) {
                path.push(&path.last()->left);
            } else if (node->key < key) {
                path.push(&path.last()->right);
            } else {
                break;
            }
        }
        return path;
    }
    template <class Visit>
    static bool walk(const TreeNode* at, const K* from, Visit& visit) {
        while (at != nullptr) {
            const Node* const node = as_node(at);
            const bool below = from != nullptr && node->key < *from;
            if (!below && (!walk(node->left, from, visit) || !visit(node->key, node->value))) return false;
            at = node->right;
        }
        return true;
    }

    TreeNode* root_ = nullptr;
    size_t size_ = 0;
};

// An ordered set.
template <class K>
class Set {
  public:
    [[nodiscard]] constexpr size_t size() const { return map_.size(); }
    [[nodiscard]] bool contains(const K& key) const { return map_.contains(key); }
    // Whether it is new.
    bool insert(const K& key) {
        const size_t before = map_.size();
        static_cast<void>(map_[key]);
        return map_.size() != before;
    }
    bool erase(const K& key) { return map_.erase(key); }
    template <class Visit>
    void for_each(Visit&& visit) const {
        map_.for_each([&](const K& key, Unit /*value*/) { return visit(key); });
    }
    bool operator==(const Set&) const = default;

  private:
    Map<K, Unit> map_;
};

}  // namespace dusk::contract
