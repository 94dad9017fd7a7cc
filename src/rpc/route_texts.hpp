// What is said of each route that a node serves: the one table of which the document of the interface
// (api_document.hpp), `node.routes` of JSON-RPC and so docs/api.md are made.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace dusk::rpc {

struct RouteText {
    std::string_view method;
    std::string_view path;       // with the names of its parameters
    std::string_view operation;  // a name that is unique
    std::string_view summary;    // a sentence
    std::string_view body;       // what the request's body is, a phrase; empty: it is not read
    std::string_view takes;      // its types, "json bytes text"
    std::string_view answers;    // types of the body of 200, "wasm" and others as well; empty: none
    std::string_view statuses;   // besides 405
    std::string_view headers{};  // of the request, and "?name" of its query, "!" behind those that must be there;
                                 // besides those of all requests below /on/
};

// In an order to be read.
[[nodiscard]] std::span<const RouteText> route_texts();
// "/on/node/{topic}" -> "/on/node/{}", "/ui/{*path}" -> "/ui/{*}": the pattern of the route.
[[nodiscard]] std::string pattern_of(std::string_view path);
// Null: nothing is written about it.
[[nodiscard]] const RouteText* find_route_text(std::string_view method, std::string_view pattern);

}  // namespace dusk::rpc
