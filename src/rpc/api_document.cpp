#include "rpc/api_document.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <ranges>

#include "rpc/lower_case.hpp"
#include "rpc/route_texts.hpp"

namespace dusk::rpc {
namespace {

using Json = nlohmann::ordered_json;

// "/a/{}/{}" -> "/a/{part1}/{part2}"
std::string with_names(std::string_view pattern) {
    std::string out;
    int number = 0;
    for (const char c : pattern) {
        if (c == '}') out += "part" + std::to_string(++number);
        if (c != '*') out += c;
    }
    return out;
}

std::vector<std::string_view> words_of(std::string_view text) {
    std::vector<std::string_view> out;
    for (const auto word : text | std::views::split(' ')) {
        if (!word.empty()) out.emplace_back(word.begin(), word.end());
    }
    return out;
}

// What is on both sides of a body of this kind.
Json content_of(std::string_view kinds) {
    Json out = Json::object();
    for (const std::string_view kind : words_of(kinds)) {
        if (kind == "json") out["application/json"]["schema"] = Json::object();
        if (kind == "bytes") out["application/octet-stream"]["schema"] = {{"type", "string"}};
        if (kind == "text") out["text/plain"]["schema"] = {{"type", "string"}};
        if (kind == "html") out["text/html"]["schema"] = {{"type", "string"}};
        if (kind == "wasm") out["application/wasm"]["schema"] = {{"type", "string"}};
    }
    return out;
}

std::string_view meaning_of(std::string_view status) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 17> kMeanings{{
        {"101", "It is a WebSocket from here on."},
        {"200", "The answer."},
        {"202", "It is taken; there is nothing to say."},
        {"204", "There is nothing to say."},
        {"302", "Ask there."},
        {"304", "It is the one that the client has."},
        {"400", "The request is none, or asks for another version."},
        {"403", "A rule of the operator forbids it."},
        {"404", "There is no such thing."},
        {"413", "The body is too large."},
        {"422", "A header or the body is no text."},
        {"424", "The session is unknown or over."},
        {"426", "Ask for a WebSocket."},
        {"429", "Too many requests: Retry-After says in how many seconds."},
        {"500", "The node failed, or what was called did."},
        {"501", "The topic is unknown, or this node does not serve it."},
        {"503", "Not now."},
    }};
    const auto at = std::ranges::find(kMeanings, status, &std::pair<std::string_view, std::string_view>::first);
    return at == kMeanings.end() ? std::string_view() : at->second;
}

Json responses_of(const RouteText& text) {
    Json out = Json::object();
    for (const std::string_view status : words_of(text.statuses)) {
        Json& one = out[std::string(status)];
        one["description"] = meaning_of(status);
        Json content;
        if (status == "200") content = content_of(text.answers);
        // 413 is a text, and 503 may be what was asked for (/health).
        if (status.front() >= '4' && status != "413" && status != "503") {
            content["application/json"]["schema"] = {{"$ref", "#/components/schemas/ErrorEnvelope"}};
        }
        if (!content.empty()) one["content"] = std::move(content);
    }
    return out;
}

Json parameter(std::string_view name, std::string_view place, bool is_required) {
    return {{"name", name}, {"in", place}, {"required", is_required}, {"schema", {{"type", "string"}}}};
}

Json parameters_of(const RouteText& text) {
    Json out = Json::array();
    if (text.path.starts_with("/on/")) {
        for (const char* name : {"Rusk-Version", "Rusk-Version-Strict"})
            out.push_back(parameter(name, "header", false));
    }
    for (std::string_view word : words_of(text.headers)) {
        const bool in_query = word.starts_with('?');
        const bool is_required = word.ends_with('!');
        if (in_query) word.remove_prefix(1);
        if (is_required) word.remove_suffix(1);
        out.push_back(parameter(word, in_query ? "query" : "header", is_required));
    }
    for (std::size_t at = 0; (at = text.path.find('{', at)) != std::string_view::npos; ++at) {
        std::string_view name = text.path.substr(at + 1, text.path.find('}', at) - at - 1);
        if (name.starts_with('*')) name.remove_prefix(1);
        out.push_back(parameter(name, "path", true));
    }
    return out;
}

std::string_view tag_of(const RouteText& text) {
    if (text.path.ends_with("graphql")) return "GraphQL";
    if (text.path == "/on") return "RUES";
    if (text.path.starts_with("/on/")) return text.method == "POST" ? "RUES / Dispatch" : "RUES / Events";
    if (text.path.starts_with("/static")) return "Static";
    if (text.path == "/rpc") return "JSON-RPC";
    if (text.path == "/" || text.path.starts_with("/ui")) return "Web page";
    return text.path == "/faucet" ? "Faucet" : "Operator";
}

Json operation_of(const RouteText& text) {
    Json out{{"tags", {tag_of(text)}}, {"summary", text.summary}, {"operationId", text.operation}};
    Json parameters = parameters_of(text);
    if (!parameters.empty()) out["parameters"] = std::move(parameters);
    if (!text.takes.empty()) {
        out["requestBody"] = {{"description", text.body}, {"content", content_of(text.takes)}, {"required", true}};
    }
    out["responses"] = responses_of(text);
    return out;
}

}  // namespace

Json api_document(const RouteTable& table, std::string_view version) {
    Json out{{"openapi", "3.1.0"},
             {"info",
              {{"title", "dusk"},
               {"description", "What a node of the Dusk network serves over HTTP."},
               {"license", {{"name", "Apache-2.0"}, {"identifier", "Apache-2.0"}}},
               {"version", version}}},
             {"paths", Json::object()}};
    for (const RouteText& text : route_texts()) {  // in the order of the texts, which is one to read
        const auto path = std::ranges::find(table.paths(), pattern_of(text.path), &RouteTable::Path::pattern);
        if (path == table.paths().end() || !path->routes.contains(text.method)) continue;
        std::string shown(text.path);
        std::erase(shown, '*');
        out["paths"][shown][lower_case(text.method)] = operation_of(text);
    }
    // Whatever was forgotten above is there all the same, without words.
    for (const RouteTable::Path& path : table.paths()) {
        for (const auto& [method, route] : path.routes) {
            if (find_route_text(method, path.pattern) != nullptr) continue;
            out["paths"][with_names(path.pattern)][lower_case(method)] = {{"responses", Json::object()}};
        }
    }
    out["components"]["schemas"]["ErrorEnvelope"] = {
        {"type", "object"}, {"required", {"error"}}, {"properties", {{"error", {{"type", "string"}}}}}};
    return out;
}

}  // namespace dusk::rpc
