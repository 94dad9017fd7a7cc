// Where a node stands, as JSON.
#pragma once

#include <nlohmann/json.hpp>

#include "rpc/routes/node_parts.hpp"

namespace dusk::rpc {

// What GET /status answers.
[[nodiscard]] nlohmann::ordered_json status_report(const NodeParts& parts);

}  // namespace dusk::rpc
