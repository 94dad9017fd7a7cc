// Files that are the same for everybody: GET /static/drivers/{file} (spec/interfaces.md §3).
#pragma once

#include "rpc/route_table.hpp"
#include "rpc/routes/node_parts.hpp"

namespace dusk::rpc {

void add_static_routes(RouteTable& table, const NodeParts& parts);

}  // namespace dusk::rpc
