#include "rpc/jsonrpc/request.hpp"

#include <fmt/core.h>

#include "base/json_nesting.hpp"

namespace dusk::rpc::jsonrpc {
namespace {

Requests bad(ErrorCode code, std::string message, Json data = nullptr) {
    Requests out;
    out.all.emplace_back(BadRequest{.error = {code, std::move(message), std::move(data)}});
    return out;
}

BadRequest invalid(RequestJson id, std::string_view why) {
    return {.id = std::move(id), .error = {ErrorCode::invalid_request, fmt::format("not a request: {}", why), nullptr}};
}

bool is_id(const RequestJson& id) { return id.is_string() || id.is_number() || id.is_null(); }

OneRequest read_one(RequestJson& json) {
    if (!json.is_object()) return invalid(nullptr, "it must be an object");
    Request out;
    if (const auto id = json.find("id"); id != json.end()) {
        if (!is_id(*id)) return invalid(nullptr, "\"id\" must be text, a number or null");
        out.id.emplace(*id);
    }
    const RequestJson known = out.id.value_or(nullptr);
    const auto version = json.find("jsonrpc");
    if (version == json.end() || *version != "2.0") return invalid(known, "\"jsonrpc\" must be \"2.0\"");
    const auto method = json.find("method");
    if (method == json.end() || !method->is_string()) return invalid(known, "\"method\" must be text");
    out.method = method->get<std::string>();
    if (const auto params = json.find("params"); params != json.end()) {
        if (!params->is_object() && !params->is_array()) {
            return invalid(known, "\"params\" must be an object or a list");
        }
        out.params = std::move(*params);
    }
    return out;
}

}  // namespace

std::size_t most_values(std::string_view text) {
    std::size_t out = 1;
    bool in_string = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (in_string) {
            if (c == '\\') ++i;
            in_string = c != '"';
        } else if (c == '"') {
            in_string = true;
        } else if (c == ',' || c == '[' || c == '{') {
            ++out;
        }
    }
    return out;
}

Requests parse_requests(std::string_view text, const RequestLimits& limits) {
    if (json_nesting(text) > limits.nesting) {
        return bad(ErrorCode::parse_error,
                   fmt::format("lists and objects are nested more than {} deep", limits.nesting),
                   {{"limit", limits.nesting}});
    }
    if (most_values(text) > limits.values) {
        return bad(ErrorCode::invalid_request, fmt::format("a request may have {} values", limits.values),
                   {{"limit", limits.values}});
    }
    RequestJson json = RequestJson::parse(text, nullptr, false);
    if (json.is_discarded()) return bad(ErrorCode::parse_error, "the text is no JSON");
    Requests out;
    if (!json.is_array()) {
        out.all.push_back(read_one(json));
        return out;
    }
    if (json.empty()) return bad(ErrorCode::invalid_request, "the batch is empty");
    if (json.size() > limits.batch) {
        return bad(ErrorCode::invalid_request, fmt::format("a batch may have {} calls", limits.batch),
                   {{"limit", limits.batch}});
    }
    out.is_batch = true;
    for (RequestJson& one : json) out.all.push_back(read_one(one));
    return out;
}

}  // namespace dusk::rpc::jsonrpc
