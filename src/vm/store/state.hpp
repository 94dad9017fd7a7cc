// What contracts are at one moment: an immutable snapshot, of which others are made that share what did not change.
//
// Any number of threads may read a state while others commit: nothing in it ever changes.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <vector>

#include "vm/store/page_files.hpp"
#include "vm/store/radix_trie.hpp"

namespace dusk::vm {

// What a contract was deployed with.
struct Deployment {
    Hash bytecode;  // BLAKE3
    Bytes owner;
};

struct ContractRecord {
    ContractId id;
    bool is_64;                   // of the memory
    std::uint64_t memory_length;  // bytes
    std::uint32_t position;       // of the leaf in the state tree (spec/vm.md §7.2)
    std::shared_ptr<const Deployment> deployment;
    PageTree pages;

    // The page, null when it was never dirty: zeros. O(height of the tree).
    [[nodiscard]] const StoredPage* page(std::uint32_t index) const {
        return index < pages.capacity() ? static_cast<const StoredPage*>(pages.find(index)) : nullptr;
    }
    // f(index, page), ascending.
    template <class F>
    void for_each_page(F&& f) const {
        pages.for_each(
            [&](std::uint32_t index, const TreeNodePtr& node) { f(index, static_cast<const StoredPage&>(*node)); });
    }
};
using ContractPtr = std::shared_ptr<const ContractRecord>;

[[nodiscard]] inline const ContractId& key_of(const ContractPtr& contract) { return contract->id; }

// The largest memories: 2^16 and 2^26 pages.
[[nodiscard]] constexpr std::uint64_t most_pages(bool is_64) {
    return std::uint64_t{1} << (2 * page_tree_height(is_64));
}

// An entry of the dictionary of leaf positions.
struct LeafPosition {
    std::uint32_t key;
    std::uint32_t position;
    bool operator==(const LeafPosition&) const = default;
};
[[nodiscard]] inline std::uint32_t key_of(const LeafPosition& entry) { return entry.key; }

// What becomes of one contract. `position` 0: that of its key, or the next free one.
struct ContractUpdate {
    ContractId id{};
    bool is_64 = false;
    std::uint64_t memory_length = 0;
    std::uint32_t position = 0;
    std::shared_ptr<const Deployment> deployment{};  // of a new contract; null: it is there already
    std::vector<PageTree::Leaf> pages{};             // ascending
};
// A leaf whose hash is that of an earlier contract with the same position.
struct LeafOverride {
    std::uint32_t position;
    Hash hash;
    bool operator==(const LeafOverride&) const = default;
};

class State {
  public:
    State() = default;

    [[nodiscard]] Hash root() const { return tree_.root(); }
    [[nodiscard]] std::size_t size() const { return contracts_.size(); }  // contracts
    // The contract, null when there is none; valid as long as the state. O(log of the number of contracts).
    [[nodiscard]] const ContractRecord* find(const ContractId& id) const {
        const ContractPtr* found = contracts_.find(id);
        return found == nullptr ? nullptr : found->get();
    }
    // The same, valid as long as it is held.
    [[nodiscard]] ContractPtr share(const ContractId& id) const {
        const ContractPtr* found = contracts_.find(id);
        return found == nullptr ? nullptr : *found;
    }
    // f(contract), by ascending id.
    template <class F>
    void for_each(F&& f) const {
        contracts_.for_each([&](const ContractPtr& contract) { f(*contract); });
    }

    // The state after these updates, in their order; each puts its contract's leaf in, changed or not. Null: an update
    // that cannot be, such as a contract without deployment, a page beyond the memory's capacity, or another position
    // than its key has. O(changes · log).
    [[nodiscard]] std::shared_ptr<const State> with(std::span<const ContractUpdate> updates,
                                                    std::span<const LeafOverride> overrides = {}) const;

    // Whether every key has one position and the positions are 1, 2, 3, … : what a state from outside must show.
    [[nodiscard]] bool has_dense_positions() const { return positions_.size() == last_position_; }

    [[nodiscard]] const RadixTrie<ContractPtr>& contracts() const { return contracts_; }
    [[nodiscard]] const StateTree& tree() const { return tree_; }

  private:
    [[nodiscard]] bool apply(const ContractUpdate& update, std::map<std::uint32_t, Hash>& leaves);
    [[nodiscard]] bool place(const ContractUpdate& update, std::uint32_t& position);

    RadixTrie<ContractPtr> contracts_;
    RadixTrie<LeafPosition> positions_;
    std::uint32_t last_position_ = 0;
    StateTree tree_{kStateTreeHeight};
};
using StatePtr = std::shared_ptr<const State>;

}  // namespace dusk::vm
