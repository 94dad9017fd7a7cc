#include "kadcast/source_limits.hpp"

namespace dusk::kadcast {

SourceLimits::Source& SourceLimits::source(const NodeId* node, MonotonicTime now) {
    const auto made = [&](std::uint64_t bytes, std::uint64_t requests) {
        return Source{.bytes = {bytes, 2 * bytes, now}, .requests = {requests, 2 * requests, now}};
    };
    if (node == nullptr) {
        if (!strangers_) strangers_ = made(settings_.bytes_of_strangers, settings_.requests_of_strangers);
        return *strangers_;
    }
    if (const auto at = known_.find(*node); at != known_.end()) return at->second;
    if (known_.size() >= kMostSources) {
        // Those who sent nothing lately are as good as new.
        std::erase_if(known_, [&](const auto& one) {
            return one.second.bytes.is_whole(now) && one.second.requests.is_whole(now);
        });
        if (known_.size() >= kMostSources) return source(nullptr, now);
    }
    return known_.emplace(*node, made(settings_.bytes_of_known, settings_.requests_of_known)).first->second;
}

bool SourceLimits::take_bytes(const NodeId* node, std::size_t bytes, MonotonicTime now) {
    return source(node, now).bytes.take(bytes, now);
}

bool SourceLimits::take_request(const NodeId* node, MonotonicTime now) {
    return source(node, now).requests.take(1, now);
}

bool SourceLimits::take_newcomer(MonotonicTime now) {
    if (!newcomers_) newcomers_.emplace(settings_.newcomers, 2 * settings_.newcomers, now);
    return newcomers_->take(1, now);
}

}  // namespace dusk::kadcast
