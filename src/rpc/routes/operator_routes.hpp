// For operators and scripts; ours:
//
//     GET  /status                       where the node stands, JSON
//     GET  /health, /healthz             200 while it works, else 503 with the reason
//     GET  /ready, /readyz               200 when it follows the chain and is not behind, else 503
//     GET  /metrics                      counters for Prometheus
//     GET  /network                      who the node is in its network, and counters (network_report.hpp)
//     GET  /network/peers                the nodes that it knows, by bucket
//     GET  /network/objects/NUMBER       objects that came and went lately, after that number
//     GET  /blocks/HEIGHT                a block in short, JSON
//     GET  /transactions/ID              waiting, or in which block and how it ended, JSON
#pragma once

#include "rpc/archive_progress.hpp"
#include "rpc/node_metrics.hpp"
#include "rpc/route_table.hpp"
#include "rpc/routes/node_parts.hpp"

namespace dusk::rpc {

// `use` says how clients use the node. `archive` may be empty: the node has none.
void add_operator_routes(RouteTable& table, const NodeParts& parts, std::function<HttpUse()> use,
                         AskArchiveProgress archive = {});

}  // namespace dusk::rpc
