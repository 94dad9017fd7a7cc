#include "rpc/jsonrpc/rpc_error.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>

namespace dusk::rpc::jsonrpc {
namespace {

constexpr std::array kKinds = {
    ErrorKind{ErrorCode::parse_error, "parse error", "The text is no JSON, or it is nested too deeply."},
    ErrorKind{ErrorCode::invalid_request, "invalid request",
              "The JSON is no request, or the batch is empty or too long."},
    ErrorKind{ErrorCode::method_not_found, "method not found", "There is no method of this name."},
    ErrorKind{ErrorCode::invalid_params, "invalid params",
              "A parameter is missing, unknown or not of its type: `data` names it and says what is wrong."},
    ErrorKind{ErrorCode::internal, "internal error", "The node failed; its log says why."},
    ErrorKind{ErrorCode::not_found, "not found",
              "What was asked for does not exist, or this node does not have it any more."},
    ErrorKind{ErrorCode::refused, "refused", "The transaction breaks a rule: `data.reason` says which."},
    ErrorKind{ErrorCode::busy, "busy",
              "The node has too much to do, or has not joined its network yet: try again after `data.retry_after_ms`."},
    ErrorKind{ErrorCode::unsupported, "unsupported",
              "This node cannot answer it: it lacks an archive, or the method needs a WebSocket."},
    ErrorKind{ErrorCode::limit, "limit", "More was asked for than `data.limit`."},
    ErrorKind{ErrorCode::gone, "gone",
              "Events from this number on are not kept any more: `data.oldest` is the first that is, `data.next` that "
              "of the next event."},
    ErrorKind{ErrorCode::call_failed, "call failed", "The contract ended the call: `data.reason` says how."},
};

constexpr int kRetryMs = 1000;

}  // namespace

std::span<const ErrorKind> error_kinds() { return kKinds; }

const ErrorKind& kind_of(ErrorCode code) {
    const auto found = std::ranges::find(kKinds, code, &ErrorKind::code);
    return found == kKinds.end() ? kKinds[4] : *found;
}

Json Error::to_json() const {
    Json out{{"code", static_cast<int>(code)}, {"message", message}};
    if (!data.is_null()) out["data"] = data;
    return out;
}

Error internal_error() { return {ErrorCode::internal, "the node failed; its log says why", nullptr}; }

Error not_found(std::string_view what) { return {ErrorCode::not_found, std::string(what), nullptr}; }

Error invalid_params(std::string_view parameter, std::string_view reason) {
    return {ErrorCode::invalid_params,
            fmt::format("{}: {}", parameter, reason),
            {{"parameter", std::string(parameter)}, {"reason", std::string(reason)}}};
}

Error busy(std::string_view why) {
    return {ErrorCode::busy, fmt::format("{}; try again later", why), {{"retry_after_ms", kRetryMs}}};
}

Error refused(std::string_view reason) {
    return {
        ErrorCode::refused, fmt::format("the transaction is refused: {}", reason), {{"reason", std::string(reason)}}};
}

Error unsupported(std::string_view why) { return {ErrorCode::unsupported, std::string(why), nullptr}; }

Error over_limit(std::string_view what, std::uint64_t most) {
    return {ErrorCode::limit, fmt::format("{}: at most {}", what, most), {{"limit", most}}};
}

}  // namespace dusk::rpc::jsonrpc
