#include "sim/kadcast/tally.hpp"

#include <algorithm>

#include "sim/kadcast/links.hpp"

namespace dusk::sim {

void Tally::begin(VirtualNode origin, std::size_t living, MonotonicTime now) {
    std::ranges::fill(nodes_, Node{});
    nodes_[origin].hops = 0;
    origin_ = origin;
    living_ = living;
    reached_ = 0;
    begun_ = now;
}

void Tally::sent(VirtualNode node, std::size_t datagrams, std::size_t datagram_bytes) {
    nodes_[node].sent += datagrams * (datagram_bytes + kUdpOverhead);
}

void Tally::received(VirtualNode, std::size_t datagrams, std::size_t datagram_bytes, std::size_t useful) {
    datagrams_ += datagrams;
    received_ += datagrams * (datagram_bytes + kUdpOverhead);
    superfluous_ += (datagrams - useful) * (datagram_bytes + kUdpOverhead);
}

void Tally::has(VirtualNode node, VirtualNode from, MonotonicTime now) {
    const std::size_t hops = nodes_[from].hops.value_or(0) + std::size_t{1};
    nodes_[node].hops = static_cast<std::uint16_t>(hops);
    if (nodes_[node].is_passing) return;
    ++reached_;
    if (hops_.size() < hops) hops_.resize(hops);
    ++hops_[hops - 1];
    latencies_.push_back(
        static_cast<std::uint32_t>(std::chrono::duration_cast<std::chrono::microseconds>(now - begun_).count()));
}

void Tally::went(VirtualNode node) {
    if (nodes_[node].is_passing) return;
    nodes_[node].is_passing = true;
    --living_;
    reached_ -= nodes_[node].hops ? 1 : 0;
}

void Tally::came(VirtualNode node) { nodes_[node] = {.sent = nodes_[node].sent, .is_passing = true}; }

void Tally::end() {
    const double coverage = living_ > 1 ? static_cast<double>(reached_) / static_cast<double>(living_ - 1) : 1.0;
    ++broadcasts_;
    complete_ += missing() == 0 ? 1 : 0;
    coverages_ += coverage;
    least_coverage_ = std::min(least_coverage_, coverage);
    receptions_ += living_ - 1;
    for (const auto& node : nodes_) most_sent_ = std::max(most_sent_, node.sent);
    origin_sent_ += nodes_[origin_].sent;
}

Summary Tally::summary() const {
    Summary out{.broadcasts = broadcasts_, .complete = complete_, .least_coverage = least_coverage_};
    if (broadcasts_ == 0 || receptions_ == 0) return out;
    const auto mean = [this](std::uint64_t total) {
        return static_cast<double>(total) / static_cast<double>(receptions_);
    };
    out.coverage = coverages_ / static_cast<double>(broadcasts_);
    out.received = mean(received_);
    out.superfluous = mean(superfluous_);
    out.datagrams = mean(datagrams_);
    out.most_sent = static_cast<double>(most_sent_);
    out.origin_sent = static_cast<double>(origin_sent_) / static_cast<double>(broadcasts_);
    if (latencies_.empty()) return out;
    for (std::size_t i = 0; i < hops_.size(); ++i) {
        const double share = static_cast<double>(hops_[i]) / static_cast<double>(latencies_.size());
        out.hops.push_back(share);
        out.mean_hops += share * static_cast<double>(i + 1);
    }
    auto sorted = latencies_;
    std::ranges::sort(sorted);
    for (const double quantile : Summary::kQuantiles) {
        const auto at = static_cast<std::size_t>(quantile * static_cast<double>(sorted.size() - 1));
        out.latency.push_back(static_cast<double>(sorted[at]) / 1000);
    }
    return out;
}

}  // namespace dusk::sim
