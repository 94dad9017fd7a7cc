#include "rpc/route_reference.hpp"

#include <algorithm>
#include <charconv>

#include "rpc/route_texts.hpp"

namespace dusk::rpc {
namespace {

nlohmann::ordered_json numbers(std::string_view text) {
    auto out = nlohmann::ordered_json::array();
    while (!text.empty()) {
        unsigned number = 0;
        const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (wrong != std::errc()) break;
        out.push_back(number);
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        if (!text.empty()) text.remove_prefix(1);
    }
    return out;
}

}  // namespace

nlohmann::ordered_json route_reference(const RouteTable& table) {
    struct Line {
        std::string pattern;
        std::string method;
        RequestClass kind;
    };
    std::vector<Line> lines;
    for (const RouteTable::Path& path : table.paths()) {
        for (const auto& [method, route] : path.routes) lines.push_back({path.pattern, method, path.kind});
    }
    std::ranges::sort(lines, {}, [](const Line& one) { return std::pair(one.pattern, one.method); });
    auto out = nlohmann::ordered_json::array();
    for (const Line& one : lines) {
        const RouteText* const text = find_route_text(one.method, one.pattern);
        out.push_back({{"method", one.method},
                       {"path", text == nullptr ? std::string_view(one.pattern) : text->path},
                       {"meaning", text == nullptr ? "" : text->summary},
                       {"body", text == nullptr ? "" : text->body},
                       {"statuses", numbers(text == nullptr ? "" : text->statuses)},
                       {"limits", node::kRequestClassNames.at(static_cast<std::size_t>(one.kind))}});
    }
    return out;
}

}  // namespace dusk::rpc
