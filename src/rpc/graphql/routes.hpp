// GraphQL over HTTP: /graphql, and the older /on/graphql/query (spec/interfaces.md §7.1, §7.2).
#pragma once

#include "rpc/graphql/engine.hpp"
#include "rpc/http.hpp"

namespace dusk::rpc::graphql {

inline constexpr std::size_t kMostBody = 256 << 10;  // bytes

// GET with ?query=…, POST with JSON; other methods are the caller's.
[[nodiscard]] HttpResponse answer(const Engine& engine, const Resolver& resolver, const HttpRequest& request);

// The body is the query; an empty one asks for the schema. Variables come in headers rusk-gqlvar-NAME. What comes out
// is the data alone, or data and errors where there are errors.
[[nodiscard]] HttpResponse answer_legacy(const Engine& engine, const Resolver& resolver, const HttpRequest& request);

}  // namespace dusk::rpc::graphql
