#include "rpc/routes/page_routes.hpp"

#include <fmt/core.h>

#include "rpc/answers.hpp"
#include "rpc/header_list.hpp"
#include "rpc/lower_case.hpp"

namespace dusk::rpc {
namespace {

namespace asio = boost::asio;

constexpr std::string_view kIndex = "index.html";
constexpr std::string_view kAssets = "assets/";

// "a;q=0" and "a; q=0.0": not this.
bool is_refused(std::string_view parameters) {
    const std::size_t at = parameters.find("q=");
    if (at == std::string_view::npos) return false;
    return parameters.substr(at + 2).find_first_not_of("0. \t") == std::string_view::npos;
}

std::string policy_of(const std::vector<std::string>& origins) {
    std::string connect = "'self'";
    for (const std::string& origin : origins) connect += " " + origin;
    return "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; img-src 'self' data:; "
           "connect-src " +
           connect + "; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
}

HttpResponse answer(const PageFile& file, bool is_asset, const HttpRequest& request, const std::string& policy) {
    HttpResponse out;
    out.headers = {
        {"Content-Type", std::string(file.type)},
        {"ETag", fmt::format("\"{}\"", file.tag)},
        {"Cache-Control", is_asset ? "public, max-age=31536000, immutable" : "no-cache"},
        {"Vary", "Accept-Encoding"},
        {"Content-Security-Policy", policy},
        {"X-Content-Type-Options", "nosniff"},
        {"Referrer-Policy", "no-referrer"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
    };
    if (names_tag(request.header("If-None-Match"), file.tag)) {
        out.status = 304;
        return out;
    }
    const std::string_view codings = request.header("Accept-Encoding");
    ByteView body = file.plain;
    if (!file.brotli.empty() && takes_coding(codings, "br")) {
        body = file.brotli;
        out.headers.emplace_back("Content-Encoding", "br");
    } else if (!file.gzip.empty() && takes_coding(codings, "gzip")) {
        body = file.gzip;
        out.headers.emplace_back("Content-Encoding", "gzip");
    }
    out.body = to_vector(body);
    return out;
}

}  // namespace

bool takes_coding(std::string_view accept_encoding, std::string_view coding) {
    while (!accept_encoding.empty()) {
        const std::string_view one = take_first(accept_encoding);
        const std::size_t semicolon = one.find(';');
        if (lower_case(trimmed(one.substr(0, semicolon))) != coding) continue;
        return semicolon == std::string_view::npos || !is_refused(one.substr(semicolon + 1));
    }
    return false;
}

void add_page_routes(RouteTable& table, const PageFiles& files, const std::vector<std::string>& origins) {
    table.add("GET", "/", RequestClass::other_http, [](RouteRequest) -> asio::awaitable<HttpResponse> {
        co_return HttpResponse{.status = 302, .headers = {{"Location", "/ui/"}}, .body = {}};
    });
    const auto show = [&files, policy = policy_of(origins)](std::string_view path, const HttpRequest& request) {
        const bool is_asset = path.starts_with(kAssets);
        const PageFile* file = files.find(path);
        // The page itself knows what its paths mean; an asset that is not here belongs to another version.
        if (file == nullptr && !is_asset) file = files.find(kIndex);
        return file == nullptr ? no_such_path() : answer(*file, is_asset, request, policy);
    };
    table.add("GET", "/ui", RequestClass::other_http,
              [show](RouteRequest request) -> asio::awaitable<HttpResponse> { co_return show(kIndex, request.http); });
    table.add("GET", "/ui/{*}", RequestClass::other_http,
              [show](RouteRequest request) -> asio::awaitable<HttpResponse> {
                  co_return show(request.parameters.at(0), request.http);
              });
}

}  // namespace dusk::rpc
