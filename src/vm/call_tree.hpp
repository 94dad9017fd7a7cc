// Which contract called which within one root call (spec/vm.md §6.8).
#pragma once

#include <cstdint>
#include <vector>

#include "vm/contract_id.hpp"

namespace dusk::vm {

struct CallTreeElement {
    ContractId contract{};
    std::uint64_t limit = 0;  // gas
    std::uint64_t spent = 0;  // gas; without that of the calls it made once the tree is in a receipt
};

// The tree of calls that succeeded or are running, with the running one as the cursor.
class CallTree {
  public:
    struct Node {
        CallTreeElement element;
        std::uint64_t memory_length = 0;  // bytes, when the call began
        std::uint32_t parent = kNone;
        std::uint32_t last_child = kNone;
        std::uint32_t left_sibling = kNone;
    };
    static constexpr std::uint32_t kNone = ~std::uint32_t{0};
    // Calls that one tree can hold: 1.3 GB of memory. A call costs little gas, so that the gas of a block would allow
    // ten times as many.
    static constexpr std::size_t kMostCalls = std::size_t{1} << 24;

    void push(const ContractId& contract, std::uint64_t limit, std::uint64_t memory_length);
    // The running call ended well and spent this much, the calls it made included. The cursor goes to its caller.
    void move_up(std::uint64_t spent);
    // The running call failed: it and all it called leave the tree. The cursor goes to its caller.
    void move_up_prune();
    void clear();

    [[nodiscard]] bool is_empty() const { return cursor_ == kNone; }
    [[nodiscard]] bool is_full() const { return nodes_.size() == kMostCalls; }
    [[nodiscard]] std::size_t depth() const { return depth_; }
    // The running call's `n`th caller; 0 is the running call itself. Null: there is none.
    [[nodiscard]] const Node* ancestor(std::size_t n) const;
    // The running call and everything it called: rightmost leaf first, the running call last.
    [[nodiscard]] std::vector<const Node*> subtree() const;
    // The same as a receipt holds it, after the root call spent `spent` gas in all.
    [[nodiscard]] std::vector<CallTreeElement> finish(std::uint64_t spent);

  private:
    void collect(std::uint32_t node, std::vector<const Node*>& out) const;

    std::vector<Node> nodes_;
    std::uint32_t cursor_ = kNone;
    std::size_t depth_ = 0;
};

}  // namespace dusk::vm
