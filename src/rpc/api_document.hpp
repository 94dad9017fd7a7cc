// The document of what a node serves over HTTP: OpenAPI 3.1, made of the routes that are there and of what is written
// about them (route_texts.hpp). Names of paths, parameters and operations are those of the released node's document.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "rpc/route_table.hpp"

namespace dusk::rpc {

// Linear in routes times texts. A route that nothing is written about has no summary.
[[nodiscard]] nlohmann::ordered_json api_document(const RouteTable& table, std::string_view version);

}  // namespace dusk::rpc
