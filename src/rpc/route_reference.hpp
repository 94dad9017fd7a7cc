// What each route is for, as clients are told.
#pragma once

#include <nlohmann/json.hpp>

#include "rpc/route_table.hpp"

namespace dusk::rpc {

// [{method, path, meaning, body, statuses, limits}], by path and method, of route_texts.hpp. `limits`: whose limits a
// request counts for. A route that nothing is written about has an empty meaning.
[[nodiscard]] nlohmann::ordered_json route_reference(const RouteTable& table);

}  // namespace dusk::rpc
