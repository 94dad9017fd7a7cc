#include "rpc/http.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace dusk::rpc {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool equal_ignoring_case(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

std::string_view HttpRequest::header(std::string_view name) const {
    for (const auto& [key, value] : headers) {
        if (equal_ignoring_case(key, name)) return value;
    }
    return {};
}

bool HttpRequest::has_header(std::string_view name) const {
    return std::ranges::any_of(headers, [&](const auto& one) { return equal_ignoring_case(one.first, name); });
}

HttpResponse HttpResponse::text(unsigned status, std::string_view type, std::string_view text) {
    const ByteView bytes = as_bytes(text);
    return {
        .status = status, .headers = {{"Content-Type", std::string(type)}}, .body = Bytes(bytes.begin(), bytes.end())};
}

HttpResponse HttpResponse::json(unsigned status, std::string_view text) {
    return HttpResponse::text(status, "application/json", text);
}

HttpResponse HttpResponse::error(unsigned status, std::string_view message) {
    // Bytes that are not UTF-8 are replaced, never thrown about.
    const nlohmann::json body{{"error", message}};
    return json(status, body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

}  // namespace dusk::rpc
