// subscribe, unsubscribe, and the round that the events of consensus are about.
#pragma once

#include "rpc/jsonrpc/consensus_feed.hpp"
#include "rpc/jsonrpc/event_hub.hpp"
#include "rpc/jsonrpc/method_table.hpp"

namespace dusk::rpc::jsonrpc {

// `consensus` outlives the table.
void add_subscription_methods(MethodTable& table, ConsensusFeed& consensus);

}  // namespace dusk::rpc::jsonrpc
