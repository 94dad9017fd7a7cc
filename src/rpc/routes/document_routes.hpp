// What the node serves, for people and programs, where the operator says so (http.enable_docs; spec/interfaces.md §1):
//
//     GET /api-docs/openapi.json   the document (api_document.hpp)
//     GET /swagger-ui/             a page that shows it and sends requests
#pragma once

#include "rpc/route_table.hpp"

namespace dusk::rpc {

// `table` outlives its routes, and is the one that they are added to.
void add_document_routes(RouteTable& table, std::string version);

}  // namespace dusk::rpc
