// Answers GraphQL requests over a schema given as text; the values come from a resolver
// (bridge/include/dusk_graphql.h).
#pragma once

#include <functional>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "base/result.hpp"

struct dusk_graphql_schema;

namespace dusk::rpc::graphql {

struct Limits {
    std::size_t depth = 24;           // of fields in fields; introspection as tools do it needs 13
    std::size_t complexity = 30'000;  // fields of a request together; clients ask for 500 transactions at once
    std::size_t answer = std::size_t{64} << 20;  // bytes of all values of a request
};

// The value of a field of Query, or the text of an error. `selection`: the fields that are asked for of it, each with
// those inside.
using Resolver = std::function<Result<nlohmann::json, std::string>(
    std::string_view field, const nlohmann::json& arguments, const nlohmann::json& selection)>;

class Engine {
  public:
    // A text that is no schema is a mistake of the program: std::invalid_argument.
    explicit Engine(std::string_view sdl, const Limits& limits = {});

    // The request: {"query", "operationName", "variables"}, or a list of such. The answer: {"data"} or {"data",
    // "errors"}, or a list. The error: why the text is no request.
    [[nodiscard]] Result<std::string, std::string> execute(std::string_view request, const Resolver& resolver) const;
    // The schema as text, types in alphabetical order, indented by tabs.
    [[nodiscard]] std::string sdl() const;

  private:
    struct Free {
        void operator()(dusk_graphql_schema* schema) const;
    };
    std::unique_ptr<dusk_graphql_schema, Free> schema_;
    std::size_t most_answer_;
};

}  // namespace dusk::rpc::graphql
