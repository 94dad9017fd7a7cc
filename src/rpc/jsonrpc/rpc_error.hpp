// What a request over JSON-RPC can fail with (JSON-RPC 2.0 §5.1; docs/json-rpc.md).
#pragma once

#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace dusk::rpc::jsonrpc {

// Of answers: keys in the order in which they are written. Of requests: objects that many keys do not make slow.
using Json = nlohmann::ordered_json;
using RequestJson = nlohmann::json;

enum class ErrorCode : int {
    parse_error = -32700,
    invalid_request = -32600,
    method_not_found = -32601,
    invalid_params = -32602,
    internal = -32603,
    not_found = -32001,
    refused = -32002,      // a transaction
    busy = -32003,         // try again
    unsupported = -32004,  // by this node
    limit = -32005,        // more than is allowed
    gone = -32006,         // events that are not kept any more
    call_failed = -32007,  // of a contract
};

struct ErrorKind {
    ErrorCode code{};
    std::string_view name{};
    std::string_view meaning{};  // a sentence
};
[[nodiscard]] std::span<const ErrorKind> error_kinds();
[[nodiscard]] const ErrorKind& kind_of(ErrorCode code);

struct Error {
    ErrorCode code{};
    std::string message{};  // a sentence for people
    Json data = nullptr;    // for programs; null: none

    // {"code", "message", "data"}
    [[nodiscard]] Json to_json() const;
};
template <class T>
using Answer = Result<T, Error>;

[[nodiscard]] Error internal_error();
[[nodiscard]] Error not_found(std::string_view what);
// `parameter`: its place, "filter.states[1]".
[[nodiscard]] Error invalid_params(std::string_view parameter, std::string_view reason);
[[nodiscard]] Error busy(std::string_view why);
[[nodiscard]] Error refused(std::string_view reason);
[[nodiscard]] Error unsupported(std::string_view why);
[[nodiscard]] Error over_limit(std::string_view what, std::uint64_t most);

}  // namespace dusk::rpc::jsonrpc
