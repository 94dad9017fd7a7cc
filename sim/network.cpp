#include "sim/network.hpp"

#include <sodium.h>

#include <bit>

namespace dusk::sim {
namespace {

ByteArray<16> name_of(const ledger::Message& message) {
    static constexpr ByteArray<16> kKey{};
    const Bytes encoded = ledger::encode(message);
    ByteArray<16> out{};
    crypto_shorthash_siphashx24(out.data(), encoded.data(), encoded.size(), kKey.data());
    return out;
}

}  // namespace

Network::Network(std::size_t nodes, std::uint64_t seed, Broadcasting broadcasting, Deliver deliver)
    : nodes_(nodes),
      draws_(seed, "network"),
      broadcasting_(broadcasting),
      deliver_(std::move(deliver)),
      top_height_(static_cast<std::uint8_t>(std::bit_width(nodes - 1))),
      by_place_(nodes),
      place_(nodes) {
    for (NodeIndex i = 0; i < nodes; ++i) by_place_[i] = i;
    draws_.shuffle(by_place_);
    for (std::uint32_t place = 0; place < nodes; ++place) place_[by_place_[place]] = place;
}

void Network::broadcast(NodeIndex from, const consensus::MessagePtr& message, SimTime now) {
    Flight& flight = flight_of(message, now);
    if (has(flight.passed_on, from)) return;
    add(flight.passed_on, from);
    if (!has(flight.given, from)) {  // its own, or it got the message in another way
        add(flight.given, from);
        --flight.missing;
        flight.heights[from] = top_height_;
    }
    if (flight.missing == 0) return;
    if (broadcasting_ == Broadcasting::tree) {
        pass_down_tree(flight, from, message, now);
    } else if (flight.heights[from] == top_height_) {
        pass_to_all(flight, from, message, now);
    } else {
        pass_to_some(flight, from, message, now);
    }
}

void Network::send(NodeIndex from, NodeIndex to, const consensus::MessagePtr& message, SimTime now) {
    if (from != to) carry(from, to, message, now);
}

bool Network::is_new(const consensus::MessagePtr& message, SimTime now) {
    const Flight& flight = flight_of(message, now);
    return flight.missing == nodes_;
}

void Network::is_copy(const consensus::MessagePtr& original, const consensus::MessagePtr& copy) {
    const auto at = by_object_.find(original.get());
    if (at == by_object_.end()) return;
    at->second->copies.push_back(copy);
    by_object_.emplace(copy.get(), at->second);
}

std::vector<NodeIndex> Network::some_peers(NodeIndex from, std::size_t count) {
    std::vector<NodeIndex> out;
    if (count >= nodes_ - 1) {
        for (NodeIndex i = 0; i < nodes_; ++i) {
            if (i != from) out.push_back(i);
        }
        return out;
    }
    while (out.size() < count) {
        const auto peer = static_cast<NodeIndex>(draws_.below(nodes_));
        if (peer != from && std::ranges::find(out, peer) == out.end()) out.push_back(peer);
    }
    return out;
}

void Network::mend(NodeIndex from, NodeIndex to) {
    const auto at = cuts_.find(link(from, to));
    if (at != cuts_.end() && --at->second == 0) cuts_.erase(at);
}

bool Network::is_reachable(NodeIndex from, NodeIndex to) const {
    if (!groups_.empty() && groups_[from] != groups_[to]) return false;
    return cuts_.empty() || !cuts_.contains(link(from, to));
}

Network::Flight& Network::flight_of(const consensus::MessagePtr& message, SimTime now) {
    if (const auto at = by_object_.find(message.get()); at != by_object_.end()) return *at->second;
    forget_old(now);
    const ByteArray<16> name = name_of(*message);
    if (const auto at = by_name_.find(name); at != by_name_.end()) {
        at->second->copies.push_back(message);
        by_object_.emplace(message.get(), at->second);
        return *at->second;
    }
    Flight& flight = flights_.emplace_back();
    flight.message = message;
    flight.given.resize((nodes_ + 63) / 64);
    flight.passed_on.resize((nodes_ + 63) / 64);
    flight.heights.resize(nodes_);
    flight.missing = nodes_;
    flight.born = now;
    flight.name = name;
    by_object_.emplace(message.get(), &flight);
    by_name_.emplace(name, &flight);
    return flight;
}

void Network::forget_old(SimTime now) {
    while (!flights_.empty() && flights_.front().born + kRemembered < now) {
        const Flight& old = flights_.front();
        by_object_.erase(old.message.get());
        for (const auto& copy : old.copies) by_object_.erase(copy.get());
        by_name_.erase(old.name);
        flights_.pop_front();
    }
}

void Network::give(Flight& flight, NodeIndex from, NodeIndex to, std::uint8_t height,
                   const consensus::MessagePtr& message, SimTime now) {
    if (has(flight.given, to) || !carry(from, to, message, now)) return;
    add(flight.given, to);
    flight.heights[to] = height;
    --flight.missing;
}

void Network::pass_to_all(Flight& flight, NodeIndex from, const consensus::MessagePtr& message, SimTime now) {
    for (NodeIndex to = 0; to < nodes_; ++to) give(flight, from, to, 0, message, now);
}

void Network::pass_to_some(Flight& flight, NodeIndex from, const consensus::MessagePtr& message, SimTime now) {
    std::size_t tries = kRedundancy;
    const std::size_t first = draws_.below(nodes_);
    for (std::size_t i = 0; i < nodes_ && tries > 0; ++i) {
        const auto to = static_cast<NodeIndex>((first + i) % nodes_);
        if (has(flight.given, to)) continue;
        give(flight, from, to, 0, message, now);
        --tries;
    }
}

void Network::pass_down_tree(Flight& flight, NodeIndex from, const consensus::MessagePtr& message, SimTime now) {
    const std::uint32_t own = place_[from];
    for (std::uint8_t bucket = 0; bucket < flight.heights[from]; ++bucket) {
        // Places whose distance to ours has this bit as its highest.
        const std::uint32_t size = std::uint32_t{1} << bucket;
        const std::uint32_t first = (own ^ size) & ~(size - 1);
        if (first >= nodes_) continue;
        const std::uint32_t count = std::min<std::uint32_t>(size, static_cast<std::uint32_t>(nodes_) - first);
        for (std::size_t i = 0; i < std::min<std::size_t>(kRedundancy, count); ++i) {
            const std::uint32_t place = count <= kRedundancy ? first + static_cast<std::uint32_t>(i)
                                                             : first + static_cast<std::uint32_t>(draws_.below(count));
            give(flight, from, by_place_[place], bucket, message, now);
        }
    }
}

bool Network::carry(NodeIndex from, NodeIndex to, const consensus::MessagePtr& message, SimTime now) {
    if (!is_reachable(from, to) || draws_.chance(weather.loss)) {
        ++lost_;
        return false;
    }
    deliver_(now + delay(), from, to, message);
    if (draws_.chance(weather.duplication)) deliver_(now + delay() + delay(), from, to, message);
    return true;
}

std::chrono::nanoseconds Network::delay() {
    auto out = weather.least_delay + draws_.waiting(weather.mean_delay);
    if (draws_.chance(weather.straggling)) out += draws_.waiting(weather.straggling_by);
    return out;
}

}  // namespace dusk::sim
