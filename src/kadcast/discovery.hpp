// When a node looks for others, and whose answers it waits for (spec/network.md §3, the maintainer).
//
// Other than released nodes, which ask every 30 s, one that has too few peers asks again after half a second, then
// after twice as long, up to 30 s.
#pragma once

#include <map>
#include <vector>

#include "base/clock.hpp"
#include "base/socket_address.hpp"

namespace dusk::kadcast {

class Discovery {
  public:
    Discovery(std::size_t min_peers, std::chrono::nanoseconds bucket_ttl)
        : min_peers_(min_peers), bucket_ttl_(bucket_ttl) {}

    void set_bootstrap(std::vector<SocketAddress> nodes, MonotonicTime now);
    // Those to ask now; none where enough peers are alive, or it is not time yet.
    [[nodiscard]] std::vector<SocketAddress> due_bootstrap(std::size_t alive, MonotonicTime now);
    // Whether all buckets are to be looked after; asked at least every `bucket_ttl`.
    [[nodiscard]] bool is_refresh_due(MonotonicTime now);
    // Whether those with few nodes are: `kFirstSearch` after the first call, then after twice as long, and so on up to
    // `kLongestSearchPause`. What was lost when the node joined is asked again soon.
    [[nodiscard]] bool is_search_due(MonotonicTime now);

    // A request goes out. False: too many are under way, it should not.
    [[nodiscard]] bool expect(const SocketAddress& to, MonotonicTime now);
    // Whether an answer of this node is waited for. It may come in several packets.
    [[nodiscard]] bool is_expected(const SocketAddress& from) const { return expected_.contains(from); }
    void forget_requests(MonotonicTime now);

    // When to look again: at the latest after `kTick`.
    [[nodiscard]] MonotonicTime wakeup() const { return wakeup_; }

    static constexpr std::size_t kMostExpected = 4096;
    static constexpr std::chrono::nanoseconds kPatience = std::chrono::seconds(4);
    static constexpr std::chrono::nanoseconds kForgetAgain = std::chrono::milliseconds(200);
    static constexpr std::chrono::nanoseconds kTick = std::chrono::seconds(2);
    static constexpr std::chrono::nanoseconds kFirstPause = std::chrono::milliseconds(500);
    static constexpr std::chrono::nanoseconds kLongestPause = std::chrono::seconds(30);
    static constexpr std::chrono::nanoseconds kFirstSearch = std::chrono::seconds(5);
    static constexpr std::chrono::nanoseconds kLongestSearchPause = std::chrono::minutes(10);

  private:
    std::size_t min_peers_;
    std::chrono::nanoseconds bucket_ttl_;
    std::chrono::nanoseconds search_pause_ = kFirstSearch;
    std::vector<SocketAddress> bootstrap_{};
    std::chrono::nanoseconds pause_ = kFirstPause;
    MonotonicTime next_bootstrap_{};
    MonotonicTime next_refresh_{};
    MonotonicTime next_search_{};
    MonotonicTime wakeup_{};
    std::map<SocketAddress, MonotonicTime> expected_{};
    MonotonicTime forgot_{};
};

}  // namespace dusk::kadcast
