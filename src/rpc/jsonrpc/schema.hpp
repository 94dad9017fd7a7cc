// Types of parameters and results, as JSON Schema; what clients send is checked against the same schemas that the
// document of the interface shows.
//
// Keywords: $ref (to the shared types below), type, enum, format, minimum, maximum, minLength, maxLength, items,
// maxItems, properties, required, oneOf. Objects have no properties but those that are named.
#pragma once

#include <optional>

#include "rpc/jsonrpc/rpc_error.hpp"

namespace dusk::rpc::jsonrpc::schema {

// --- to write types ---
// A shared type: "Hash".
[[nodiscard]] Json ref(std::string_view name);
[[nodiscard]] Json text();
[[nodiscard]] Json boolean();
[[nodiscard]] Json integer(std::uint64_t least = 0, std::uint64_t most = (std::uint64_t{1} << 53) - 1);
[[nodiscard]] Json any();
[[nodiscard]] Json one_of_names(std::initializer_list<std::string_view> names);
[[nodiscard]] Json list_of(Json items);
[[nodiscard]] Json or_null(Json type);
// Objects: each property with its type; those whose name ends with '?' may be missing.
struct Property {
    std::string_view name{};
    Json type{};
};
[[nodiscard]] Json object(std::initializer_list<Property> properties);
// The same with a phrase that says what it is: it is what a client is told that sent something else.
[[nodiscard]] Json described(Json type, std::string_view phrase);

// All shared types by name.
[[nodiscard]] const Json& shared_types();

// --- to check values ---
struct Violation {
    std::string place{};   // "filter.states[1]"
    std::string reason{};  // "must be one of …"
};
// Nothing where it fits. `place`: of the value. O(size of the value · size of the type).
[[nodiscard]] std::optional<Violation> violation(const Json& type, const RequestJson& value, std::string_view place);

}  // namespace dusk::rpc::jsonrpc::schema
