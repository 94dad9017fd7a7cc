// Who may ask, and how often (spec/interfaces.md §1.3): rules by path, method and headers, limits for each kind of
// request, for all clients together, and limits for each client.
//
//     auto admission = policy.admit(request, kind, now);
//     if (!admission) …answer admission.error()…
//     …keep *admission until the answer is there…
#pragma once

#include <memory>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "node/http_settings.hpp"
#include "rpc/client_limits.hpp"
#include "rpc/http.hpp"

namespace dusk::rpc {

using node::RequestClass;

// Whether `text` has the form `pattern`, in which '*' stands for any letters; letters without regard to case. Time is
// linear in the product of the lengths.
[[nodiscard]] bool fits_wildcard(std::string_view pattern, std::string_view text);

// On one thread.
class AccessPolicy {
  public:
    // A place among the requests of its kind, until it is destroyed.
    using Place = std::shared_ptr<void>;
    struct Counters {
        std::uint64_t denied = 0;     // by a rule: 403
        std::uint64_t too_often = 0;  // 429
        std::uint64_t too_many = 0;   // at once: 429
        std::uint64_t of_client = 0;  // by one client: 429
    };

    explicit AccessPolicy(const node::HttpSettings& settings);

    // Null where nothing is counted. The error is the answer: 403 or 429.
    [[nodiscard]] Result<Place, HttpResponse> admit(const HttpRequest& request, RequestClass kind, MonotonicTime now);
    [[nodiscard]] const Counters& counters() const { return counters_; }

  private:
    struct Window {
        node::ClassLimits limits{};
        std::optional<MonotonicTime> begin{};
        std::uint32_t used = 0;
        std::shared_ptr<std::uint32_t> running = std::make_shared<std::uint32_t>(0);
    };
    [[nodiscard]] bool is_allowed(const HttpRequest& request) const;

    node::HttpSettings settings_;
    std::vector<Window> windows_;  // one for each kind
    ClientLimits clients_;
    Counters counters_;
};

}  // namespace dusk::rpc
