#include "sim/kadcast/counted_network.hpp"

#include <algorithm>

namespace dusk::sim {
namespace {

// So many of a train's datagrams arrive together: finer steps of time would change nothing that is measured.
constexpr std::uint32_t kTogether = 16;
constexpr auto kPause = std::chrono::seconds(1);  // between broadcasts
constexpr double kOneMore = 1.0 / 256;            // RFC 6330: chance that as many symbols as needed are too few

}  // namespace

CountedNetwork::CountedNetwork(std::size_t nodes, std::uint64_t seed, const CountedSettings& settings, Way& way)
    : links_(nodes, seed, settings.links),
      trains_(links_, kTogether, settings.is_reliable),
      way_(way),
      settings_(settings),
      draws_(seed, "counted"),
      tally_(nodes),
      nodes_(nodes) {}

void CountedNetwork::silence(std::span<const VirtualNode> nodes) {
    for (const auto node : nodes) nodes_[node].is_silent = true;
}

void CountedNetwork::broadcast(VirtualNode origin, const Coding& coding) {
    coding_ = coding;
    words_ = (coding.datagrams() + 63) / 64;
    have_.assign(words_ * nodes_.size(), 0);
    std::size_t living = 0;
    for (auto& node : nodes_) {
        node = {.needed = static_cast<std::uint32_t>(coding.source), .is_silent = node.is_silent};
        living += node.is_silent ? 0 : 1;
    }
    now_ += kPause;
    tally_.begin(origin, living, now_);
    nodes_[origin].has_it = true;
    pass_on(origin, {}, {});
    while (!trains_.empty() || !relays_.empty()) {
        if (relays_.empty() || (!trains_.empty() && trains_.next_at() <= relays_.next_at())) {
            const auto arrival = trains_.pop();
            now_ = arrival.at;
            on_arrival(arrival);
        } else {
            const auto relay = relays_.pop();
            now_ = relay.at;
            pass_on(relay.node, relay.from, relay.height);
        }
    }
    tally_.end();
}

void CountedNetwork::pass_on(VirtualNode node, std::optional<VirtualNode> from, std::optional<std::uint8_t> height) {
    way_.copies(node, from, height, copies_);
    trains_.send(node, copies_, 0, coding_.datagrams(), coding_.datagram_bytes, now_);
    const std::size_t datagrams = copies_.size() * coding_.datagrams();
    tally_.sent(node, settings_.is_reliable ? links_.with_repetitions(datagrams) : datagrams, coding_.datagram_bytes);
}

CountedNetwork::Taken CountedNetwork::take(VirtualNode node, const Trains::Arrival& arrival) {
    Taken out{};
    for (std::uint32_t car = arrival.first; car < arrival.first + arrival.count; ++car) {
        if (!settings_.is_reliable && links_.is_lost()) continue;
        ++out.survived;
        auto& word = have_[node * words_ + car / 64];
        const std::uint64_t bit = std::uint64_t{1} << (car % 64);
        if ((word & bit) == 0) ++out.fresh;
        word |= bit;
    }
    return out;
}

bool CountedNetwork::is_complete(VirtualNode node) {
    Node& it = nodes_[node];
    if (it.got < it.needed) return false;
    if (coding_.repair == 0) return true;
    std::size_t source = 0;
    for (std::size_t car = 0; car < coding_.source; ++car) source += have_[node * words_ + car / 64] >> (car % 64) & 1;
    if (source == coding_.source || !draws_.chance(kOneMore)) return true;
    it.needed = it.got + 1;
    return false;
}

void CountedNetwork::on_arrival(const Trains::Arrival& arrival) {
    const VirtualNode to = arrival.train.to;
    Node& node = nodes_[to];
    if (node.is_silent) return;
    const Taken taken = take(to, arrival);
    if (taken.survived == 0) return;
    std::size_t useful = 0;
    if (!node.has_it) {
        // Those beyond what it needs came in the same step of time, and are of no use.
        useful = std::min<std::size_t>(taken.fresh, node.needed - node.got);
        node.got += static_cast<std::uint32_t>(taken.fresh);
        node.height = std::max(node.height, arrival.train.height);
    }
    tally_.received(to, taken.survived, coding_.datagram_bytes, useful);
    if (node.has_it || !is_complete(to)) return;
    node.has_it = true;
    tally_.has(to, arrival.train.from, now_);
    relays_.push({.at = now_ + settings_.check, .node = to, .from = arrival.train.from, .height = node.height});
}

}  // namespace dusk::sim
