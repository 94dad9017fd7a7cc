#include "rpc/routes/page_routes.hpp"

#include <fmt/core.h>

#include "rpc/answers.hpp"
#include "rpc/lower_case.hpp"

namespace dusk::rpc {
namespace {

namespace asio = boost::asio;

constexpr std::string_view kIndex = "index.html";
constexpr std::string_view kAssets = "assets/";

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

// "a;q=0" and "a; q=0.0": not this.
bool is_refused(std::string_view parameters) {
    const std::size_t at = parameters.find("q=");
    if (at == std::string_view::npos) return false;
    return parameters.substr(at + 2).find_first_not_of("0. \t") == std::string_view::npos;
}

// A part of a header, up to a comma.
std::string_view next_of(std::string_view& list) {
    const std::size_t comma = list.find(',');
    const std::string_view out = list.substr(0, comma);
    list = comma == std::string_view::npos ? std::string_view() : list.substr(comma + 1);
    return trimmed(out);
}

bool names_tag(std::string_view if_none_match, std::string_view tag) {
    while (!if_none_match.empty()) {
        std::string_view one = next_of(if_none_match);
        if (one.starts_with("W/")) one.remove_prefix(2);
        if (one == "*" || one == fmt::format("\"{}\"", tag)) return true;
    }
    return false;
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
        const std::string_view one = next_of(accept_encoding);
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
