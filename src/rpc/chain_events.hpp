// What happens in a node, as events for clients (spec/interfaces.md §5.4).
#pragma once

#include <span>

#include "node/core_actions.hpp"
#include "rpc/event_stream.hpp"

namespace dusk::rpc {

class ChainEvents {
  public:
    // Both outlive this.
    ChainEvents(EventStream& stream, chain::BlockStore& blocks) : stream_(stream), blocks_(blocks) {}

    // Publishes what comes of it; of a block: the events of its contracts, then what became of its transactions, then
    // the states of blocks that changed, then the block itself.
    void on_action(const node::CoreAction& action);

  private:
    void publish(const node::TransactionAdded& added);
    void publish(const node::TransactionDeferred& deferred);
    void publish(const node::TransactionDropped& dropped);
    void publish(const chain::BlockAccepted& accepted);
    void publish(const chain::BlocksReverted& reverted);
    void publish_contracts(const chain::BlockAccepted& accepted);
    void publish_states(std::span<const chain::LabelChange> labels, ledger::Height tip);

    EventStream& stream_;
    chain::BlockStore& blocks_;
};

}  // namespace dusk::rpc
