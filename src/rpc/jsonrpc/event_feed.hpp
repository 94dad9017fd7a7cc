// Makes events of what the node does, for channels that somebody listens to (docs/json-rpc.md).
#pragma once

#include <span>

#include "node/node.hpp"
#include "rpc/jsonrpc/event_hub.hpp"

namespace dusk::rpc::jsonrpc {

// On the loop of the node.
class EventFeed {
  public:
    // All of them outlive this.
    EventFeed(EventHub& hub, chain::BlockStore& blocks) : hub_(hub), blocks_(blocks) {}

    // Of a block: the events of its contracts, then what became of its transactions, then the states of blocks that
    // changed, then the block itself.
    void on_action(const node::CoreAction& action);

  private:
    void publish(const node::TransactionAdded& added);
    void publish(const node::TransactionDeferred& deferred);
    void publish(const node::TransactionDropped& dropped);
    void publish(const chain::BlockAccepted& accepted);
    void publish(const chain::BlocksReverted& reverted);
    void publish_contracts(const chain::BlockAccepted& accepted);
    void publish_spent(const chain::BlockAccepted& accepted);
    void publish_states(std::span<const chain::LabelChange> labels, ledger::Height tip);
    void publish_block(const chain::BlockAccepted& accepted);

    EventHub& hub_;
    chain::BlockStore& blocks_;
};

}  // namespace dusk::rpc::jsonrpc
