// Persistent maps with keys of fixed size: a change copies one path and shares the rest.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <variant>

#include "vm/contract_id.hpp"

namespace dusk::vm {

// The four bits of a key that choose at `depth`, most significant first.
[[nodiscard]] inline std::size_t nibble(const ByteArray<32>& key, unsigned depth) {
    const std::uint8_t byte = key[depth / 2];
    return depth % 2 == 0 ? byte >> 4 : byte & 0xf;
}
[[nodiscard]] inline std::size_t nibble(std::uint32_t key, unsigned depth) { return (key >> (28 - 4 * depth)) & 0xf; }

// Values know their keys: `key_of(value)`. A value lies as high as its key's first nibbles are its own, so n random
// keys are about log16(n) deep, and no key is deeper than its nibbles. Order is that of the keys.
template <class Value>
class RadixTrie {
  public:
    [[nodiscard]] std::size_t size() const { return size_; }

    // The value, null when there is none; valid as long as this or any other trie has it. O(depth).
    template <class Key>
    [[nodiscard]] const Value* find(const Key& key) const {
        const Branch* at = root_.get();
        for (unsigned depth = 0; at != nullptr; ++depth) {
            const Slot& slot = (*at)[nibble(key, depth)];
            if (const auto* value = std::get_if<Value>(&slot)) return key_of(*value) == key ? value : nullptr;
            const auto* below = std::get_if<BranchPtr>(&slot);
            at = below == nullptr ? nullptr : below->get();
        }
        return nullptr;
    }

    // The trie with the value put in, in place of one with the same key. O(depth).
    [[nodiscard]] RadixTrie with(Value value) const {
        RadixTrie out;
        bool added = false;
        out.root_ = put(root_.get(), std::move(value), 0, added);
        out.size_ = size_ + (added ? 1 : 0);
        return out;
    }

    // f(value) for each, by ascending key.
    template <class F>
    void for_each(F&& f) const {
        if (root_) walk(*root_, f);
    }

    // f(value, value before or null) for each value that is not the same in `other`, by ascending key.
    // O(differences · depth).
    template <class F>
    void for_each_changed(const RadixTrie& other, F&& f) const {
        if (root_ && root_ != other.root_) walk_changed(*root_, other.root_.get(), other, f);
    }

  private:
    struct Branch;
    using BranchPtr = std::shared_ptr<const Branch>;
    using Slot = std::variant<std::monostate, BranchPtr, Value>;
    struct Branch : std::array<Slot, 16> {};

    [[nodiscard]] static BranchPtr put(const Branch* old, Value value, unsigned depth, bool& added) {
        auto made = old == nullptr ? std::make_shared<Branch>() : std::make_shared<Branch>(*old);
        const auto key = key_of(value);
        Slot& slot = (*made)[nibble(key, depth)];
        if (const auto* below = std::get_if<BranchPtr>(&slot)) {
            slot = put(below->get(), std::move(value), depth + 1, added);
        } else if (const auto* other = std::get_if<Value>(&slot); other != nullptr && key_of(*other) != key) {
            Branch parted;
            parted[nibble(key_of(*other), depth + 1)] = *other;
            slot = put(&parted, std::move(value), depth + 1, added);
        } else {
            added = other == nullptr;
            slot = std::move(value);
        }
        return made;
    }

    template <class F>
    static void walk(const Branch& branch, F& f) {
        for (const Slot& slot : branch) {
            if (const auto* value = std::get_if<Value>(&slot)) f(*value);
            if (const auto* below = std::get_if<BranchPtr>(&slot)) walk(**below, f);
        }
    }

    // `before` is the branch at the same place in `other`, null when there is none.
    template <class F>
    static void walk_changed(const Branch& branch, const Branch* before, const RadixTrie& other, F& f) {
        for (std::size_t i = 0; i < branch.size(); ++i) {
            const Slot* const old = before == nullptr ? nullptr : &(*before)[i];
            if (old != nullptr && *old == branch[i]) continue;
            if (const auto* value = std::get_if<Value>(&branch[i])) {
                const Value* const was = other.find(key_of(*value));
                if (was == nullptr || !(*was == *value)) f(*value, was);
            }
            if (const auto* below = std::get_if<BranchPtr>(&branch[i])) {
                const auto* old_below = old == nullptr ? nullptr : std::get_if<BranchPtr>(old);
                walk_changed(**below, old_below == nullptr ? nullptr : old_below->get(), other, f);
            }
        }
    }

    BranchPtr root_;
    std::size_t size_ = 0;
};

}  // namespace dusk::vm
