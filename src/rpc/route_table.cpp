#include "rpc/route_table.hpp"

#include <algorithm>

#include "rpc/percent.hpp"

namespace dusk::rpc {
namespace {

constexpr std::string_view kRest = "{}";
constexpr std::string_view kAll = "{*}";

// "a/b" -> "a", and leaves "b"; nothing where there is no more.
std::optional<std::string_view> next_part(std::optional<std::string_view>& path) {
    if (!path) return {};
    const std::size_t slash = path->find('/');
    const std::string_view part = path->substr(0, slash);
    path = slash == std::string_view::npos ? std::optional<std::string_view>() : path->substr(slash + 1);
    return part;
}

// What stands for the "{}"s, as sent; nothing where the path has another form.
std::optional<std::vector<std::string_view>> rests(std::string_view pattern, std::string_view path) {
    std::vector<std::string_view> out;
    std::optional<std::string_view> patterns = pattern;
    std::optional<std::string_view> parts = path;
    while (true) {
        const auto wanted = next_part(patterns);
        if (wanted == kAll) {
            if (!parts || parts->empty()) return {};
            out.push_back(*parts);
            return out;
        }
        const auto part = next_part(parts);
        if (!wanted && !part) return out;
        if (!wanted || !part) return {};
        if (!wanted->ends_with(kRest)) {
            if (*wanted != *part) return {};
            continue;
        }
        const std::string_view start = wanted->substr(0, wanted->size() - kRest.size());
        if (!part->starts_with(start) || part->size() == start.size()) return {};
        out.push_back(part->substr(start.size()));
    }
}

// Letters that a path must have.
std::size_t said_by(std::string_view pattern) {
    std::size_t out = pattern.size();
    if (pattern.ends_with(kAll)) out -= kAll.size();
    for (std::size_t at = 0; (at = pattern.find(kRest, at)) != std::string_view::npos; at += kRest.size()) {
        out -= kRest.size();
    }
    return out;
}

}  // namespace

const RouteTable::Route* RouteTable::Path::route(std::string_view method) const {
    auto found = routes.find(method);
    if (found == routes.end() && method == "HEAD") found = routes.find("GET");
    return found == routes.end() ? nullptr : &found->second;
}

std::string RouteTable::Path::allowed() const {
    std::string out;
    for (const auto& [method, route] : routes) {
        if (!out.empty()) out += ',';
        out += method == "GET" ? "GET,HEAD" : method;
    }
    return out;
}

void RouteTable::add(std::string method, std::string pattern, RequestClass kind, RouteHandler handler,
                     std::size_t most_body) {
    auto at = std::ranges::find(paths_, pattern, &Path::pattern);
    if (at == paths_.end()) {
        const std::size_t said = said_by(pattern);
        at = std::ranges::find_if(paths_, [&](const Path& path) { return said_by(path.pattern) < said; });
        at = paths_.insert(at, Path{.pattern = std::move(pattern), .kind = kind});
    }
    at->routes[std::move(method)] = {.handler = std::move(handler), .most_body = most_body};
}

std::optional<RouteTable::Match> RouteTable::find(std::string_view path) const {
    for (const Path& one : paths_) {
        const auto found = rests(one.pattern, path);
        if (!found) continue;
        Match out{.path = &one, .parameters = PathParameters()};
        for (const std::string_view rest : *found) {
            auto decoded = percent_decoded(rest);
            if (!decoded) {
                out.parameters.reset();
                break;
            }
            out.parameters->push_back(*std::move(decoded));
        }
        return out;
    }
    return {};
}

}  // namespace dusk::rpc
