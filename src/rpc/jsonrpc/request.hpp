// What a text asks for: one call, or several (JSON-RPC 2.0 §4, §6).
#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "rpc/jsonrpc/rpc_error.hpp"

namespace dusk::rpc::jsonrpc {

struct RequestLimits {
    std::size_t batch = 50;       // calls
    std::size_t nesting = 64;     // of lists and objects
    std::size_t values = 20'000;  // of all lists and objects
};

// A call that can be made.
struct Request {
    std::string method{};
    RequestJson params = nullptr;     // null, a list or an object
    std::optional<RequestJson> id{};  // text, a number or null; nothing: it wants no answer
};
// One that cannot be.
struct BadRequest {
    RequestJson id = nullptr;
    Error error{};
};
using OneRequest = std::variant<Request, BadRequest>;
struct Requests {
    bool is_batch = false;
    std::vector<OneRequest> all{};
};

// O(size). A text that is none, or an empty or too long batch, is one BadRequest.
[[nodiscard]] Requests parse_requests(std::string_view text, const RequestLimits& limits);

// How many values a JSON text has, at most: commas and brackets outside of texts, and one.
[[nodiscard]] std::size_t most_values(std::string_view text);

}  // namespace dusk::rpc::jsonrpc
