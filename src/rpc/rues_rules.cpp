#include "rpc/rues_rules.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "rpc/lower_case.hpp"
#include "rpc/version_requirement.hpp"

namespace dusk::rpc {
namespace {

bool is_visible(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return (c >= ' ' && c <= '~') || c == '\t'; });
}

bool is_echoed(std::string_view name) {
    return name.size() >= 2 && (name[0] == 'x' || name[0] == 'X') && name[1] == '-';
}

}  // namespace

std::optional<HttpResponse> refuse_version(const HttpRequest& request, std::string_view version) {
    const bool is_strict = request.has_header("Rusk-Version-Strict");
    const auto refuse = [](std::string_view text) {
        return HttpResponse::error(400, fmt::format("Version error: {}", text));
    };
    if (!request.has_header("Rusk-Version")) {
        if (!is_strict) return {};
        return refuse("Missing Rusk-Version header while Rusk-Version-Strict is set");
    }
    const std::string_view asked = request.header("Rusk-Version");
    if (!is_visible(asked)) return refuse("Invalid Rusk-Version header encoding");
    const auto requirement = VersionRequirement::parse(asked);
    if (!requirement) return refuse(requirement.error());
    Version own = Version::parse(version).value_or(Version{});
    if (!is_strict) own.pre.clear();
    if (requirement->matches(own)) return {};
    return refuse(
        fmt::format("Mismatched rusk version: requested {} - current {}", requirement->to_text(), own.to_text()));
}

void echo_headers(const HttpHeaders& request, HttpResponse& response) {
    for (const auto& [name, value] : request) {
        if (is_echoed(name)) response.headers.emplace_back(name, value);
    }
}

std::optional<HttpResponse> refuse_headers(const HttpRequest& request) {
    for (const auto& [name, value] : request.headers) {
        if (!is_visible(value)) {
            return HttpResponse::error(
                422, fmt::format("Invalid payload: Invalid header encoding for {}", lower_case(name)));
        }
    }
    return {};
}

HttpResponse change_subscription(EventStream& stream, const HttpRequest& request, Subscription subscription) {
    const std::string_view session = request.header("Rusk-Session-Id");
    const auto outcome = request.method == "DELETE" ? stream.unsubscribe(session, std::move(subscription))
                                                    : stream.subscribe(session, std::move(subscription));
    switch (outcome) {
        case EventStream::Outcome::done:
            return {.status = 200, .headers = {}, .body = {}};
        case EventStream::Outcome::no_session:
            return HttpResponse::error(424, "Session ID not provided or invalid");
        case EventStream::Outcome::no_subscription:
            return HttpResponse::error(404, "Subscription not found");
        case EventStream::Outcome::too_many:
            return HttpResponse::error(429, "too many subscriptions in this session");
    }
    return HttpResponse::error(500, "Internal server error");
}

}  // namespace dusk::rpc
