#include "vm/call_tree.hpp"

namespace dusk::vm {

void CallTree::push(const ContractId& contract, std::uint64_t limit, std::uint64_t memory_length) {
    const auto index = static_cast<std::uint32_t>(nodes_.size());
    const std::uint32_t left = cursor_ == kNone ? kNone : nodes_[cursor_].last_child;
    nodes_.push_back({{contract, limit, 0}, memory_length, cursor_, kNone, left});
    if (cursor_ != kNone) nodes_[cursor_].last_child = index;
    cursor_ = index;
    ++depth_;
}

void CallTree::move_up(std::uint64_t spent) {
    nodes_[cursor_].element.spent = spent;
    cursor_ = nodes_[cursor_].parent;
    --depth_;
}

void CallTree::move_up_prune() {
    const std::uint32_t pruned = cursor_;
    cursor_ = nodes_[pruned].parent;
    --depth_;
    if (cursor_ != kNone) nodes_[cursor_].last_child = nodes_[pruned].left_sibling;
    nodes_.resize(pruned);  // a subtree is the tail: calls are pushed in the order they are made
}

void CallTree::clear() {
    nodes_.clear();
    cursor_ = kNone;
    depth_ = 0;
}

const CallTree::Node* CallTree::ancestor(std::size_t n) const {
    std::uint32_t node = cursor_;
    while (node != kNone && n-- > 0) node = nodes_[node].parent;
    return node == kNone ? nullptr : &nodes_[node];
}

void CallTree::collect(std::uint32_t node, std::vector<const Node*>& out) const {
    for (std::uint32_t child = nodes_[node].last_child; child != kNone; child = nodes_[child].left_sibling) {
        collect(child, out);
    }
    out.push_back(&nodes_[node]);
}

std::vector<const CallTree::Node*> CallTree::subtree() const {
    std::vector<const Node*> out;
    if (cursor_ != kNone) collect(cursor_, out);
    return out;
}

std::vector<CallTreeElement> CallTree::finish(std::uint64_t spent) {
    if (cursor_ != kNone) nodes_[cursor_].element.spent = spent;
    std::vector<CallTreeElement> out;
    for (const Node* node : subtree()) {
        CallTreeElement element = node->element;
        for (std::uint32_t child = node->last_child; child != kNone; child = nodes_[child].left_sibling) {
            element.spent -= nodes_[child].element.spent;
        }
        out.push_back(element);
    }
    return out;
}

}  // namespace dusk::vm
