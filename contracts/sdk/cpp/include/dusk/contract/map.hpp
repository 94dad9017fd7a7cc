// An ordered map on the contract's heap: an AVL tree. Lookups, insertions and removals take at most 1.44 log2(n)
// comparisons whatever the keys are: nobody can choose keys that make it slow.
#pragma once

#include "dusk/contract/memory.hpp"
#include "dusk/contract/optional.hpp"
#include "dusk/contract/panic.hpp"

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
        const Node* node = root_;
        while (node != nullptr) {
            if (key < node->key) {
                node = node->left;
            } else if (node->key < key) {
                node = node->right;
            } else {
                return &node->value;
            }
        }
        return nullptr;
    }
    [[nodiscard]] V* find(const K& key) { return const_cast<V*>(static_cast<const Map*>(this)->find(key)); }
    [[nodiscard]] bool contains(const K& key) const { return find(key) != nullptr; }
    [[nodiscard]] V get_or(const K& key, V otherwise) const {
        const V* const found = find(key);
        return found != nullptr ? *found : otherwise;
    }
    // The value of the key; V{} is put there first when there is none.
    V& operator[](const K& key) {
        if (V* const found = find(key)) return *found;
        return put(root_, key, V{});
    }
    // The value of the key from now on.
    void set(const K& key, V value) { (*this)[key] = contract::move(value); }
    // Whether the key was there.
    bool erase(const K& key) {
        const size_t before = size_;
        erase(root_, key);
        return size_ != before;
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
    struct Node {
        K key;
        V value;
        Node* left = nullptr;
        Node* right = nullptr;
        uint8_t height = 1;
    };

    static void drop(Node* node) {
        if (node->left != nullptr) drop(node->left);
        if (node->right != nullptr) drop(node->right);
        remove(node);
    }
    static void remove(Node* node) {
        node->~Node();
        release(node, sizeof(Node));
    }
    static Node* copy(const Node* node) {
        if (node == nullptr) return nullptr;
        Node* const made = static_cast<Node*>(allocate(sizeof(Node)));
        return construct(made, node->key, node->value, copy(node->left), copy(node->right), node->height);
    }
    static int height(const Node* node) { return node == nullptr ? 0 : node->height; }
    static void measure(Node* node) {
        const int left = height(node->left);
        const int right = height(node->right);
        node->height = static_cast<uint8_t>((left > right ? left : right) + 1);
    }
    static void rotate_right(Node*& top) {
        Node* const left = top->left;
        top->left = left->right;
        left->right = top;
        measure(top);
        top = left;
        measure(top);
    }
    static void rotate_left(Node*& top) {
        Node* const right = top->right;
        top->right = right->left;
        right->left = top;
        measure(top);
        top = right;
        measure(top);
    }
    static __attribute__((noinline)) void balance(Node*& top) {
        const int difference = height(top->left) - height(top->right);
        if (difference > 1) {
            if (height(top->left->left) < height(top->left->right)) rotate_left(top->left);
            rotate_right(top);
        } else if (difference < -1) {
            if (height(top->right->right) < height(top->right->left)) rotate_right(top->right);
            rotate_left(top);
        } else {
            measure(top);
        }
    }
    // A new node for a key that is not there.
    V& put(Node*& top, const K& key, V value) {
        if (top == nullptr) {
            Node* const made = static_cast<Node*>(allocate(sizeof(Node)));
            top = construct(made, key, contract::move(value));
            ++size_;
            return top->value;
        }
        V& placed = put(key < top->key ? top->left : top->right, key, contract::move(value));
        balance(top);
        return placed;
    }
    static Node* take_first(Node*& top) {
        if (top->left == nullptr) {
            Node* const first = top;
            top = first->right;
            return first;
        }
        Node* const first = take_first(top->left);
        balance(top);
        return first;
    }
    void erase(Node*& top, const K& key) {
        if (top == nullptr) return;
        if (key < top->key) {
            erase(top->left, key);
        } else if (top->key < key) {
            erase(top->right, key);
        } else {
            Node* const gone = top;
            if (gone->right == nullptr) {
                top = gone->left;
            } else {
                Node* const next = take_first(gone->right);
                next->left = gone->left;
                next->right = gone->right;
                top = next;
            }
            remove(gone);
            --size_;
            if (top == nullptr) return;
        }
        balance(top);
    }
    template <class Visit>
    static bool walk(const Node* node, const K* from, Visit& visit) {
        while (node != nullptr) {
            const bool below = from != nullptr && node->key < *from;
            if (!below && (!walk(node->left, from, visit) || !visit(node->key, node->value))) return false;
            node = node->right;
        }
        return true;
    }

    Node* root_ = nullptr;
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
