#include "kadcast/discovery.hpp"

#include <algorithm>

namespace dusk::kadcast {

void Discovery::set_bootstrap(std::vector<SocketAddress> nodes, MonotonicTime now) {
    if (nodes == bootstrap_) return;
    bootstrap_ = std::move(nodes);
    pause_ = kFirstPause;
    next_bootstrap_ = now;
}

std::vector<SocketAddress> Discovery::due_bootstrap(std::size_t alive, MonotonicTime now) {
    wakeup_ = now + kTick;
    if (alive >= min_peers_) {
        pause_ = kFirstPause;
        next_bootstrap_ = now;
        return {};
    }
    if (now < next_bootstrap_) {
        wakeup_ = std::min(wakeup_, next_bootstrap_);
        return {};
    }
    next_bootstrap_ = now + pause_;
    wakeup_ = std::min(wakeup_, next_bootstrap_);
    pause_ = std::min(2 * pause_, kLongestPause);
    return bootstrap_;
}

bool Discovery::is_refresh_due(MonotonicTime now) {
    if (next_refresh_ == MonotonicTime()) next_refresh_ = now + bucket_ttl_;
    if (now < next_refresh_) return false;
    next_refresh_ = now + bucket_ttl_;
    return true;
}

bool Discovery::is_search_due(MonotonicTime now) {
    if (next_search_ == MonotonicTime()) next_search_ = now + search_pause_;
    if (now < next_search_) return false;
    search_pause_ = std::min(2 * search_pause_, kLongestSearchPause);
    next_search_ = now + search_pause_;
    return true;
}

bool Discovery::expect(const SocketAddress& to, MonotonicTime now) {
    // Not for each request anew: to go through them all takes longer than to send one.
    if (expected_.size() >= kMostExpected && now - forgot_ >= kForgetAgain) forget_requests(now);
    if (expected_.size() >= kMostExpected && !expected_.contains(to)) return false;
    expected_[to] = now;
    return true;
}

void Discovery::forget_requests(MonotonicTime now) {
    forgot_ = now;
    std::erase_if(expected_, [&](const auto& one) { return now - one.second >= kPatience; });
}

}  // namespace dusk::kadcast
