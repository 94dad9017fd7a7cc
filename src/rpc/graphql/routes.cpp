#include "rpc/graphql/routes.hpp"

#include <fmt/core.h>

#include <nlohmann/json.hpp>
#include <optional>

#include "base/utf8.hpp"
#include "rpc/lower_case.hpp"
#include "rpc/percent.hpp"
#include "rpc/request_body.hpp"

namespace dusk::rpc::graphql {
namespace {

using Json = nlohmann::json;

constexpr std::string_view kVariable = "rusk-gqlvar-";

HttpResponse refusal(const std::string& text) {
    const Json error{{"data", nullptr}, {"errors", Json::array({{{"message", text}}})}};
    return HttpResponse::json(400, error.dump(-1, ' ', false, Json::error_handler_t::replace));
}

HttpResponse too_large() { return HttpResponse::text(413, "text/plain; charset=utf-8", "length limit exceeded"); }

// Of a form: '+' is a space.
std::optional<std::string> form_decoded(std::string_view text) {
    std::string spaced(text);
    for (char& c : spaced) {
        if (c == '+') c = ' ';
    }
    return percent_decoded(spaced);
}

// "query=…&variables=…" as the JSON of a request; nothing where it is none.
std::optional<Json> request_of(std::string_view form) {
    Json out = Json::object();
    while (!form.empty()) {
        const std::size_t end = form.find('&');
        const std::string_view pair = form.substr(0, end);
        const std::size_t equal = pair.find('=');
        const auto name = form_decoded(pair.substr(0, equal));
        const auto value = form_decoded(equal == std::string_view::npos ? "" : pair.substr(equal + 1));
        if (!name || !value) return {};
        if (*name == "query" || *name == "operationName") {
            out[*name] = *value;
        } else if (*name == "variables" || *name == "extensions") {
            out[*name] = Json::parse(*value, nullptr, false);
            if (out[*name].is_discarded()) return {};
        }
        form = end == std::string_view::npos ? std::string_view() : form.substr(end + 1);
    }
    if (!out.contains("query")) return {};
    return out;
}

HttpResponse execute(const Engine& engine, const Resolver& resolver, std::string_view request) {
    const auto answer = engine.execute(request, resolver);
    if (!answer) return refusal(fmt::format("Invalid request: {}", answer.error()));
    return HttpResponse::json(200, *answer);
}

Json variables_of(const HttpHeaders& headers) {
    Json out = Json::object();
    for (const auto& [name, value] : headers) {
        const std::string known = lower_case(name);
        if (!known.starts_with(kVariable)) continue;
        const Json parsed = Json::parse(value, nullptr, false);
        out[known.substr(kVariable.size())] = parsed.is_discarded() ? Json(value) : parsed;
    }
    return out;
}

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

}  // namespace

HttpResponse answer(const Engine& engine, const Resolver& resolver, const HttpRequest& request) {
    if (request.body.size() > kMostBody) return too_large();
    if (request.method == "GET" || request.method == "HEAD") {
        const auto asked = request_of(request.query);
        if (!asked) return refusal("GraphQL GET requests require a query parameter");
        return execute(engine, resolver, asked->dump());
    }
    const std::string body(request.body.begin(), request.body.end());
    return execute(engine, resolver, body);
}

HttpResponse answer_legacy(const Engine& engine, const Resolver& resolver, const HttpRequest& request) {
    if (request.body.size() > kMostBody) return too_large();
    const RequestBody body = read_body(request);
    if (!body.valid_text || !is_utf8(body.bytes.reveal()))
        return HttpResponse::error(422, "Invalid payload: Invalid utf8");
    const std::string query(body.bytes.reveal().begin(), body.bytes.reveal().end());
    if (is_blank(query)) {
        const std::string sdl = engine.sdl();
        return {.status = 200, .headers = {}, .body = to_vector(as_bytes(sdl))};
    }
    const Json asked{{"query", query}, {"variables", variables_of(request.headers)}};
    const auto answered = engine.execute(asked.dump(-1, ' ', false, Json::error_handler_t::replace), resolver);
    if (!answered) return refusal(fmt::format("Invalid request: {}", answered.error()));
    const Json answer = Json::parse(*answered);
    const Json& shown = answer.contains("errors") ? answer : answer.at("data");
    return HttpResponse::json(200, shown.dump(-1, ' ', false, Json::error_handler_t::replace));
}

}  // namespace dusk::rpc::graphql
