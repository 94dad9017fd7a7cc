#include "rpc/answers.hpp"

#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include "base/hex.hpp"

namespace dusk::rpc {

HttpResponse json_answer(const nlohmann::json& value) {
    return HttpResponse::json(200, value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

HttpResponse bytes_answer(ByteView bytes, bool is_binary) {
    if (is_binary) return {.status = 200, .headers = {}, .body = to_vector(bytes)};
    return text_answer(to_hex(bytes));
}

HttpResponse text_answer(std::string_view text) {
    return {.status = 200, .headers = {}, .body = to_vector(as_bytes(text))};
}

HttpResponse nothing() { return {.status = 202, .headers = {}, .body = {}}; }

HttpResponse invalid_input(std::string_view what) {
    return HttpResponse::error(400, fmt::format("Invalid input: {}", what));
}

HttpResponse not_found(std::string_view what) { return HttpResponse::error(404, fmt::format("Not found: {}", what)); }

HttpResponse no_such_path() { return HttpResponse::error(404, "Path not found"); }

HttpResponse unsupported() { return HttpResponse::error(501, "Unsupported operation"); }

HttpResponse internal_error() { return HttpResponse::error(500, "Internal server error"); }

HttpResponse too_many_requests(std::chrono::seconds wait) {
    HttpResponse out = HttpResponse::error(429, "too_many_requests");
    out.headers.emplace_back("Retry-After", std::to_string(wait.count()));
    return out;
}

HttpResponse other_method(std::string allowed) {
    return {.status = 405, .headers = {{"Allow", std::move(allowed)}}, .body = {}};
}

void mark_deprecated(HttpResponse& response, std::string_view successor) {
    response.headers.emplace_back("deprecation", "true");
    response.headers.emplace_back("deprecation-note", "This endpoint is deprecated and scheduled for removal");
    if (!successor.empty()) {
        response.headers.emplace_back("link", fmt::format("<{}>; rel=\"successor-version\"", successor));
    }
}

}  // namespace dusk::rpc
