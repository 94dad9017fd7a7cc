#include "rpc/cors.hpp"

#include <algorithm>

namespace dusk::rpc {

std::string_view CrossOrigin::allowed(std::string_view origin) const {
    if (origin.empty()) return {};
    if (std::ranges::find(origins_, "*") != origins_.end()) return "*";
    return std::ranges::find(origins_, origin) != origins_.end() ? origin : std::string_view();
}

std::optional<HttpResponse> CrossOrigin::preflight(const HttpRequest& request) const {
    if (origins_.empty() || request.method != "OPTIONS" || !request.has_header("Access-Control-Request-Method"))
        return {};
    if (allowed(request.header("Origin")).empty()) return HttpResponse::error(403, "forbidden");
    HttpResponse out{.status = 204, .headers = {}, .body = {}};
    out.headers.emplace_back("Access-Control-Allow-Methods", "GET, HEAD, POST, DELETE");
    // Names of headers are not secrets: whatever the page asks for.
    const std::string_view wanted = request.header("Access-Control-Request-Headers");
    if (!wanted.empty()) out.headers.emplace_back("Access-Control-Allow-Headers", wanted);
    out.headers.emplace_back("Access-Control-Max-Age", "86400");
    return out;
}

void CrossOrigin::allow(std::string_view origin, HttpResponse& response) const {
    if (origins_.empty()) return;
    response.headers.emplace_back("Vary", "Origin");
    const std::string_view name = allowed(origin);
    if (name.empty()) return;
    response.headers.emplace_back("Access-Control-Allow-Origin", name);
    response.headers.emplace_back("Access-Control-Expose-Headers", "*");
}

}  // namespace dusk::rpc
