#include "rpc/access_policy.hpp"

#include <algorithm>

#include "rpc/answers.hpp"
#include "rpc/lower_case.hpp"
#include "rpc/percent.hpp"

namespace dusk::rpc {
namespace {

using node::AccessRule;
using node::ClassLimits;

std::chrono::nanoseconds window_of(const ClassLimits& limits) {
    constexpr std::uint64_t kSecond = 1'000'000'000;
    const std::uint64_t length = std::uint64_t{limits.burst} * kSecond / limits.rps;
    return std::max<std::chrono::nanoseconds>(std::chrono::nanoseconds(length), std::chrono::milliseconds(1));
}

bool fits(const AccessRule& rule, const HttpRequest& request) {
    // A letter may also stand as "%61": the same route answers.
    if (!rule.enabled || !fits_wildcard(rule.path, percent_decoded(request.path).value_or(request.path))) return false;
    const auto is_method = [&](const std::string& method) { return lower_case(method) == lower_case(request.method); };
    if (!rule.methods.empty() && std::ranges::none_of(rule.methods, is_method)) return false;
    return std::ranges::all_of(rule.headers, [&](const auto& header) {
        return request.has_header(header.first) && request.header(header.first) == header.second;
    });
}

}  // namespace

bool fits_wildcard(std::string_view pattern, std::string_view text) {
    const std::string wanted = lower_case(pattern);
    const std::string got = lower_case(text);
    std::size_t p = 0;
    std::size_t t = 0;
    // Where to go on when what follows the last '*' does not fit: the star takes one letter more.
    std::size_t star = std::string::npos;
    std::size_t taken = 0;
    while (t < got.size()) {
        if (p < wanted.size() && wanted[p] == '*') {
            star = p++;
            taken = t;
        } else if (p < wanted.size() && wanted[p] == got[t]) {
            ++p;
            ++t;
        } else if (star != std::string::npos) {
            p = star + 1;
            t = ++taken;
        } else {
            return false;
        }
    }
    return wanted.find_first_not_of('*', p) == std::string::npos;
}

AccessPolicy::AccessPolicy(const node::HttpSettings& settings) : settings_(settings), clients_(settings.client) {
    for (const ClassLimits& limits : settings.limits) windows_.push_back({.limits = limits});
}

bool AccessPolicy::is_allowed(const HttpRequest& request) const {
    if (!settings_.access_rules || !request.path.starts_with("/on")) return true;
    const auto rule = std::ranges::find_if(settings_.rules, [&](const AccessRule& one) { return fits(one, request); });
    return rule == settings_.rules.end() ? settings_.allow_by_default : rule->allows;
}

Result<AccessPolicy::Place, HttpResponse> AccessPolicy::admit(const HttpRequest& request, RequestClass kind,
                                                              MonotonicTime now) {
    if (!settings_.policy) return Place();
    if (!is_allowed(request)) {
        ++counters_.denied;
        return fail(HttpResponse::error(403, "forbidden"));
    }
    // First: what it is refused takes nothing away from others.
    if (const auto wait = clients_.take(request.client, cost_of(kind), now)) {
        ++counters_.of_client;
        return fail(too_many_requests(*wait));
    }
    if (!settings_.limited) return Place();
    Window& window = windows_.at(static_cast<std::size_t>(kind));
    if (*window.running >= window.limits.concurrency) {
        ++counters_.too_many;
        return fail(too_many_requests());
    }
    if (!window.begin || now - *window.begin >= window_of(window.limits)) {
        window.begin = now;
        window.used = 0;
    }
    if (window.used >= window.limits.burst) {
        ++counters_.too_often;
        return fail(too_many_requests());
    }
    ++window.used;
    ++*window.running;
    return Place(window.running.get(), [running = window.running](void*) { --*running; });
}

}  // namespace dusk::rpc
