#include "rpc/rues_rules.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "rpc/percent.hpp"
#include "rpc/version_requirement.hpp"

namespace dusk::rpc {
namespace {

constexpr std::string_view kRoot = "/on/";

bool is_visible(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return (c >= ' ' && c <= '~') || c == '\t'; });
}

bool is_echoed(std::string_view name) {
    return name.size() >= 2 && (name[0] == 'x' || name[0] == 'X') && name[1] == '-';
}

// "/on/blocks:aa/accepted"; nothing where the path has another form.
std::optional<Subscription> subscription_of(std::string_view path) {
    if (!path.starts_with(kRoot)) return {};
    path.remove_prefix(kRoot.size());
    const std::size_t slash = path.find('/');
    if (slash == std::string_view::npos || path.find('/', slash + 1) != std::string_view::npos) return {};
    const auto target = percent_decoded(path.substr(0, slash));
    const auto topic = percent_decoded(path.substr(slash + 1));
    if (!target || !topic || topic->empty()) return {};
    const std::size_t colon = target->find(':');
    Subscription out{.component = target->substr(0, colon), .topic = *topic};
    if (colon != std::string::npos) {
        out.entity = target->substr(colon + 1);
        if (out.entity->empty()) return {};
    }
    const bool is_known = out.component == "transactions" || out.component == "blocks" ||
                          (out.component == "contracts" && out.entity.has_value());
    if (!is_known) return {};
    return out;
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

bool is_event_path(std::string_view path) { return subscription_of(path).has_value(); }

HttpResponse change_subscription(EventStream& stream, const HttpRequest& request) {
    auto subscription = subscription_of(request.path);
    if (!subscription) return HttpResponse::error(404, "Path not found");
    const std::string_view session = request.header("Rusk-Session-Id");
    const auto outcome = request.method == "DELETE" ? stream.unsubscribe(session, *std::move(subscription))
                                                    : stream.subscribe(session, *std::move(subscription));
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
