#include "sim/kadcast/ways.hpp"

#include <algorithm>
#include <ranges>

#include "kadcast/overlay.hpp"

namespace dusk::sim {
namespace {

// Byte 15 counts most: sorted so, the nodes of a bucket stand side by side.
bool is_below(const kadcast::NodeId& a, const kadcast::NodeId& b) {
    return std::ranges::lexicographical_compare(std::views::reverse(a.bytes), std::views::reverse(b.bytes));
}

// `count` different numbers below `total`, fewer where there are fewer.
std::vector<std::size_t> draw_some(std::size_t total, std::size_t count, Draws& draws) {
    std::vector<std::size_t> out;
    if (total <= count) {
        for (std::size_t i = 0; i < total; ++i) out.push_back(i);
        return out;
    }
    while (out.size() < count) {
        const std::size_t drawn = draws.below(total);
        if (std::ranges::find(out, drawn) == out.end()) out.push_back(drawn);
    }
    return out;
}

// Those of `sorted` from the first that is not below `id`.
std::size_t place_of(const std::vector<const kadcast::Identity*>& sorted, const kadcast::NodeId& id) {
    const auto at = std::ranges::lower_bound(sorted, id, is_below, [](const auto* node) { return node->id; });
    return static_cast<std::size_t>(at - sorted.begin());
}

// A number with its `bits` low bits cleared, or set.
kadcast::NodeId with_low_bits(kadcast::NodeId id, unsigned bits, bool set) {
    for (unsigned bit = 0; bit < bits; ++bit) {
        const auto mask = static_cast<std::uint8_t>(1U << (bit % 8));
        if (set) {
            id.bytes[bit / 8] |= mask;
        } else {
            id.bytes[bit / 8] &= static_cast<std::uint8_t>(~mask);
        }
    }
    return id;
}

void fill(kadcast::RoutingTable& table, const kadcast::Identity& own,
          const std::vector<const kadcast::Identity*>& sorted, Draws& draws) {
    for (unsigned height = kadcast::kHighest + 1; height-- > 0;) {
        const auto near = kadcast::at_distance(own.id, static_cast<std::uint8_t>(height));
        const std::size_t first = place_of(sorted, with_low_bits(near, height, false));
        std::size_t end = place_of(sorted, with_low_bits(near, height, true));
        if (end < sorted.size() && sorted[end]->id == with_low_bits(near, height, true)) ++end;
        for (const auto index : draw_some(end - first, kadcast::kBucketNodes, draws)) {
            table.insert(*sorted[first + index], MonotonicTime{});
            table.confirm(sorted[first + index]->id);
        }
        // What is left around the own place has no other node: nor have the lower buckets.
        const std::size_t low = place_of(sorted, with_low_bits(own.id, height, false));
        const std::size_t high = place_of(sorted, with_low_bits(own.id, height, true));
        if (high - low <= 1) break;
    }
}

}  // namespace

KadcastWay::KadcastWay(const Population& population, std::uint64_t seed, bool far_first)
    : population_(population), far_first_(far_first), draws_(seed, "delegation") {
    std::vector<const kadcast::Identity*> sorted;
    for (VirtualNode node = 0; node < population.size(); ++node) sorted.push_back(&population.identity(node));
    std::ranges::sort(sorted, is_below, [](const auto* node) { return node->id; });
    tables_.reserve(population.size());
    for (VirtualNode node = 0; node < population.size(); ++node) {
        const auto& own = population.identity(node);
        Draws draws(seed, "tables", node);
        fill(tables_.emplace_back(own, kadcast::TableSettings{}), own, sorted, draws);
    }
}

void KadcastWay::copies(VirtualNode node, std::optional<VirtualNode>, std::optional<std::uint8_t> height,
                        std::vector<Copy>& out) {
    out.clear();
    if (height == 0) return;
    const auto highest = static_cast<std::uint8_t>(height ? *height - 1U : kadcast::kHighest);
    for (const auto& delegate : tables_[node].delegates(highest, kadcast::kBeta, draws_, MonotonicTime{})) {
        out.push_back({.to = population_.node_at(delegate.to), .height = delegate.height});
    }
    if (far_first_) std::ranges::reverse(out);
}

FloodWay::FloodWay(std::size_t nodes, std::size_t degree, std::uint64_t seed) : neighbours_(nodes) {
    Draws draws(seed, "connections");
    for (VirtualNode node = 0; node < nodes; ++node) {
        for (const auto drawn : draw_some(nodes - 1, degree, draws)) {
            const auto other = static_cast<VirtualNode>(drawn < node ? drawn : drawn + 1);
            if (std::ranges::find(neighbours_[node], other) != neighbours_[node].end()) continue;
            neighbours_[node].push_back(other);
            neighbours_[other].push_back(node);
        }
    }
}

void FloodWay::copies(VirtualNode node, std::optional<VirtualNode> from, std::optional<std::uint8_t>,
                      std::vector<Copy>& out) {
    out.clear();
    for (const auto other : neighbours_[node]) {
        if (other != from) out.push_back({.to = other});
    }
}

GossipWay::GossipWay(std::size_t nodes, std::size_t fanout, std::uint64_t seed)
    : nodes_(nodes), fanout_(fanout), draws_(seed, "gossip") {}

void GossipWay::copies(VirtualNode node, std::optional<VirtualNode>, std::optional<std::uint8_t>,
                       std::vector<Copy>& out) {
    out.clear();
    for (const auto drawn : draw_some(nodes_ - 1, fanout_, draws_)) {
        out.push_back({.to = static_cast<VirtualNode>(drawn < node ? drawn : drawn + 1)});
    }
}

}  // namespace dusk::sim
