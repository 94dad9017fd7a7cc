// Nodes of a tree in blocks, named by 32-bit numbers instead of pointers; removed ones are used again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

namespace dusk::crypto {

using NodeIndex = std::uint32_t;
inline constexpr NodeIndex kNoNode = 0;

// Adding never moves a node. Growing takes one block at a time, so that no more than a block lies idle.
template <class Node>
class NodePool {
  public:
    [[nodiscard]] Node& operator[](NodeIndex index) { return blocks_[index / kBlock][index % kBlock]; }
    [[nodiscard]] const Node& operator[](NodeIndex index) const { return blocks_[index / kBlock][index % kBlock]; }

    // How many more can be added.
    [[nodiscard]] std::size_t left() const { return removed_.size() + (kLast - last_); }
    // A fresh node. There must be one left.
    [[nodiscard]] NodeIndex add() {
        if (!removed_.empty()) {
            const NodeIndex index = removed_.back();
            removed_.pop_back();
            (*this)[index] = Node{};
            return index;
        }
        const NodeIndex index = last_ + 1;
        if (index / kBlock == blocks_.size()) blocks_.push_back(std::make_unique<Node[]>(kBlock));
        last_ = index;
        return index;
    }
    void remove(NodeIndex index) { removed_.push_back(index); }

  private:
    static constexpr NodeIndex kBlock = 256;
    static constexpr NodeIndex kLast = std::numeric_limits<NodeIndex>::max();

    std::vector<std::unique_ptr<Node[]>> blocks_;
    std::vector<NodeIndex> removed_;
    NodeIndex last_ = kNoNode;  // the largest index ever in use
};

}  // namespace dusk::crypto
