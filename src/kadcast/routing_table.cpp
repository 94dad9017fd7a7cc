#include "kadcast/routing_table.hpp"

#include <algorithm>
#include <array>

namespace dusk::kadcast {
namespace {

using Nodes = std::vector<KnownNode>;

template <class N>
auto position_of(N& nodes, const NodeId& id) {
    return std::ranges::find(nodes, id, [](const KnownNode& node) { return node.identity.id; });
}

std::uint64_t below(std::uint64_t bound, RandomSource& random) {
    ByteArray<8> drawn{};
    random.fill(drawn);
    return load_le<std::uint64_t>(drawn.data()) % bound;  // bounds are far below 2^32: the bias is nothing
}

// `count` of them in random order, those with `is_better` first.
template <class F>
std::vector<const KnownNode*> drawn(std::vector<const KnownNode*> nodes, std::size_t count, RandomSource& random,
                                    F&& is_better) {
    for (std::size_t i = nodes.size(); i > 1; --i) std::swap(nodes[i - 1], nodes[below(i, random)]);
    std::ranges::partition(nodes, [&](const KnownNode* node) { return is_better(*node); });
    nodes.resize(std::min(count, nodes.size()));
    return nodes;
}

}  // namespace

RoutingTable::Bucket& RoutingTable::bucket_at(std::uint8_t height) {
    const auto at = std::ranges::lower_bound(buckets_, height, {}, &Bucket::height);
    if (at != buckets_.end() && at->height == height) return *at;
    return *buckets_.insert(at, Bucket{.height = height});
}

const RoutingTable::Bucket* RoutingTable::bucket_of(const NodeId& id) const {
    const auto height = distance(own_.id, id);
    if (!height) return nullptr;
    const auto at = std::ranges::lower_bound(buckets_, *height, {}, &Bucket::height);
    return at != buckets_.end() && at->height == *height ? &*at : nullptr;
}

// The first node of a full bucket makes room when it gave no sign after it was asked for one.
void RoutingTable::try_evict(Bucket& bucket, MonotonicTime now) const {
    if (bucket.nodes.size() < kBucketNodes) return;
    KnownNode& first = bucket.nodes.front();
    if (!first.eviction_asked) {
        if (!is_alive(first, now)) first.eviction_asked = now;
        return;
    }
    if (now - *first.eviction_asked < settings_.node_evict_after) return;
    bucket.nodes.erase(bucket.nodes.begin());
    if (!bucket.waiting.empty() && is_alive(bucket.waiting.front(), now)) {
        bucket.nodes.push_back(bucket.waiting.front());
    }
    bucket.waiting.clear();
}

// One that did not answer in time, where somebody else needs the place.
void RoutingTable::drop_unconfirmed(Bucket& bucket, MonotonicTime now) const {
    if (bucket.nodes.size() < kBucketNodes) return;
    const auto idle = std::ranges::find_if(bucket.nodes, [&](const KnownNode& node) {
        return !node.is_confirmed && now - node.since >= settings_.node_evict_after;
    });
    if (idle != bucket.nodes.end()) bucket.nodes.erase(idle);
}

Insertion RoutingTable::insert(const Identity& node, MonotonicTime now) {
    if (node.network != own_.network) return Insertion::network_mismatch;
    const auto height = distance(own_.id, node.id);
    if (!height) return Insertion::invalid;
    Bucket& bucket = bucket_at(*height);
    if (const auto at = position_of(bucket.nodes, node.id); at != bucket.nodes.end()) {
        at->identity = node;
        at->seen = now;
        at->eviction_asked.reset();
        std::rotate(at, at + 1, bucket.nodes.end());
        try_evict(bucket, now);
        return Insertion::updated;
    }
    drop_unconfirmed(bucket, now);
    try_evict(bucket, now);
    const KnownNode known{.identity = node, .since = now, .seen = now};
    // A place that became free may have been given to this very node.
    if (position_of(bucket.nodes, node.id) != bucket.nodes.end()) return Insertion::updated;
    if (bucket.nodes.size() < kBucketNodes) {
        bucket.nodes.push_back(known);
        return Insertion::inserted;
    }
    if (is_alive(bucket.nodes.front(), now)) return Insertion::full;
    bucket.waiting.assign(1, known);
    return Insertion::pending;
}

void RoutingTable::confirm(const NodeId& id) {
    const auto height = distance(own_.id, id);
    if (!height) return;
    Bucket& bucket = bucket_at(*height);
    if (const auto at = position_of(bucket.nodes, id); at != bucket.nodes.end()) at->is_confirmed = true;
}

void RoutingTable::forget_silent(MonotonicTime now) {
    for (Bucket& bucket : buckets_) {
        std::erase_if(bucket.nodes, [&](const KnownNode& node) { return now - node.seen >= settings_.forget_after; });
        if (bucket.waiting.empty() || bucket.nodes.size() >= kBucketNodes) continue;
        if (is_alive(bucket.waiting.front(), now)) bucket.nodes.push_back(bucket.waiting.front());
        bucket.waiting.clear();
    }
}

const KnownNode* RoutingTable::find(const NodeId& id) const {
    const Bucket* bucket = bucket_of(id);
    if (bucket == nullptr) return nullptr;
    const auto at = position_of(bucket->nodes, id);
    return at == bucket->nodes.end() ? nullptr : &*at;
}

bool RoutingTable::is_full(const NodeId& id) const {
    const Bucket* bucket = bucket_of(id);
    return bucket != nullptr && bucket->nodes.size() >= kBucketNodes;
}

const KnownNode* RoutingTable::asked_to_make_room(const NodeId& id) const {
    const Bucket* bucket = bucket_of(id);
    if (bucket == nullptr || bucket->nodes.empty() || !bucket->nodes.front().eviction_asked) return nullptr;
    return &bucket->nodes.front();
}

std::size_t RoutingTable::size() const {
    std::size_t out = 0;
    for (const Bucket& bucket : buckets_) out += bucket.nodes.size();
    return out;
}

bool RoutingTable::is_alive(const KnownNode& node, MonotonicTime now) const {
    return node.is_confirmed ? now - node.seen < settings_.node_ttl : now - node.since < settings_.node_evict_after;
}

std::size_t RoutingTable::alive(MonotonicTime now) const {
    std::size_t out = 0;
    for (const Bucket& bucket : buckets_) {
        out += static_cast<std::size_t>(
            std::ranges::count_if(bucket.nodes, [&](const KnownNode& node) { return is_alive(node, now); }));
    }
    return out;
}

std::vector<const KnownNode*> RoutingTable::closest(const NodeId& target) const {
    std::array<std::vector<const KnownNode*>, kHighest + 1> near;
    for (const Bucket& bucket : buckets_) {
        for (const KnownNode& node : bucket.nodes) {
            if (const auto height = distance(target, node.identity.id)) near[*height].push_back(&node);
        }
    }
    std::vector<const KnownNode*> out;
    for (const auto& nodes : near) {
        for (const KnownNode* node : nodes) {
            if (out.size() < kBucketNodes) out.push_back(node);
        }
    }
    return out;
}

std::vector<RoutingTable::Delegate> RoutingTable::delegates(std::uint8_t highest, std::size_t count,
                                                            RandomSource& random, MonotonicTime now) const {
    std::vector<Delegate> out;
    for (const Bucket& bucket : buckets_) {
        if (bucket.height > highest) break;
        std::vector<const KnownNode*> nodes;
        for (const KnownNode& node : bucket.nodes) nodes.push_back(&node);
        const auto is_better = [&](const KnownNode& node) { return node.is_confirmed && is_alive(node, now); };
        for (const KnownNode* node : drawn(std::move(nodes), count, random, is_better)) {
            out.push_back({.height = bucket.height, .to = node->identity.address});
        }
    }
    return out;
}

std::vector<SocketAddress> RoutingTable::draw(std::size_t count, RandomSource& random, MonotonicTime now) const {
    std::vector<const KnownNode*> nodes;
    for (const Bucket& bucket : buckets_) {
        for (const KnownNode& node : bucket.nodes) nodes.push_back(&node);
    }
    std::vector<SocketAddress> out;
    for (const KnownNode* node :
         drawn(std::move(nodes), count, random, [&](const KnownNode& known) { return is_alive(known, now); })) {
        out.push_back(node->identity.address);
    }
    return out;
}

std::vector<SocketAddress> RoutingTable::take_silent(MonotonicTime now) {
    std::vector<SocketAddress> out;
    for (Bucket& bucket : buckets_) {
        for (KnownNode& node : bucket.nodes) {
            const auto patience = node.is_confirmed ? settings_.ping_after : settings_.node_evict_after;
            const MonotonicTime sign = node.is_confirmed ? node.seen : node.since;
            if (now - sign < patience || now - node.pinged < patience) continue;
            node.pinged = now;
            out.push_back(node.identity.address);
        }
    }
    return out;
}

std::vector<std::uint8_t> RoutingTable::stale_heights(MonotonicTime now) const {
    std::vector<std::uint8_t> out;
    auto bucket = buckets_.begin();
    for (unsigned height = 0; height <= kHighest; ++height) {
        const bool exists = bucket != buckets_.end() && bucket->height == height;
        if (!exists || (!bucket->nodes.empty() && now - bucket->nodes.front().seen > settings_.bucket_ttl)) {
            out.push_back(static_cast<std::uint8_t>(height));
        }
        if (exists) ++bucket;
    }
    return out;
}

std::vector<std::uint8_t> RoutingTable::thin_heights(std::size_t least, MonotonicTime now) const {
    std::vector<std::uint8_t> out;
    auto bucket = std::ranges::find_if(buckets_, [](const Bucket& one) { return !one.nodes.empty(); });
    if (bucket == buckets_.end()) return out;
    for (unsigned height = bucket->height; height <= kHighest; ++height) {
        std::size_t good = 0;
        if (bucket != buckets_.end() && bucket->height == height) {
            good = static_cast<std::size_t>(std::ranges::count_if(
                bucket->nodes, [&](const KnownNode& node) { return node.is_confirmed && is_alive(node, now); }));
            ++bucket;
        }
        if (good < least) out.push_back(static_cast<std::uint8_t>(height));
    }
    return out;
}

}  // namespace dusk::kadcast
