#include "chain/sync_peers.hpp"

#include <algorithm>

namespace dusk::chain {

using ledger::Height;

// The bias is of no matter: counts are small.
std::uint64_t SyncPeers::below(std::uint64_t count) {
    ByteArray<8> bytes{};
    random_->fill(bytes);
    return load_le<std::uint64_t>(bytes.data()) % count;
}

bool SyncPeers::make_room() {
    if (peers_.size() < kMost) return true;
    std::vector<std::map<Address, Peer>::iterator> unknown;
    for (auto it = peers_.begin(); it != peers_.end(); ++it) {
        if (!it->second.is_proven && it->second.open.empty()) unknown.push_back(it);
    }
    if (unknown.empty()) return false;
    peers_.erase(unknown[below(unknown.size())]);
    return true;
}

void SyncPeers::claim(const Address& peer, Height height, MonotonicTime now) {
    if (const auto resting = resting_.find(peer); resting != resting_.end()) {
        if (now < resting->second) return;
        resting_.erase(resting);
    }
    const auto found = peers_.find(peer);
    if (found != peers_.end()) {
        found->second.claim = std::max(found->second.claim, height);
    } else if (make_room()) {
        peers_[peer].claim = height;
    }
}

void SyncPeers::ask(const Address& peer, const std::vector<Height>& heights, MonotonicTime now) {
    Peer& asked = peers_[peer];
    asked.open.insert(heights.begin(), heights.end());
    asked.deadline = now + kRequestTime;
    asked.last_deadline = now + kLongestRequest;
}

void SyncPeers::deliver(const Address& peer, Height height, MonotonicTime now) {
    const auto found = peers_.find(peer);
    if (found == peers_.end() || found->second.open.erase(height) == 0) return;
    found->second.failures = 0;
    found->second.deadline =
        std::min(found->second.last_deadline, std::max(found->second.deadline, now + kNextBlockTime));
}

void SyncPeers::prove(const Address& peer) {
    const auto found = peers_.find(peer);
    if (found != peers_.end()) found->second.is_proven = true;
}

void SyncPeers::rest(const Address& peer, MonotonicTime until) {
    peers_.erase(peer);
    if (resting_.size() >= kMostResting)
        resting_.erase(std::ranges::min_element(resting_, {}, [](const auto& one) { return one.second; }));
    resting_[peer] = until;
}

std::vector<SyncPeers::Address> SyncPeers::expire(MonotonicTime now) {
    std::vector<Address> failed;
    std::vector<Address> silent;
    for (auto& [address, peer] : peers_) {
        if (peer.open.empty() || now < peer.deadline) continue;
        peer.open.clear();
        if (++peer.failures >= kMostFailures) {
            failed.push_back(address);
        } else if (!peer.is_proven) {
            silent.push_back(address);
        }
    }
    for (const Address& address : failed) rest(address, now + kRest);
    for (const Address& address : silent) rest(address, now + kShortRest);
    return failed;
}

void SyncPeers::drop_to(Height height) {
    std::erase_if(peers_, [&](const auto& one) { return one.second.claim <= height; });
    for (auto& [address, peer] : peers_) peer.open.erase(peer.open.begin(), peer.open.upper_bound(height));
}

const SyncPeers::Peer* SyncPeers::find(const Address& peer) const {
    const auto found = peers_.find(peer);
    return found == peers_.end() ? nullptr : &found->second;
}

Height SyncPeers::best_claim() const {
    Height best{};
    for (const auto& [address, peer] : peers_) best = std::max(best, peer.claim);
    return best;
}

std::size_t SyncPeers::asked() const {
    return static_cast<std::size_t>(
        std::ranges::count_if(peers_, [](const auto& one) { return !one.second.open.empty(); }));
}

bool SyncPeers::is_open(Height height) const {
    return std::ranges::any_of(peers_, [&](const auto& one) { return one.second.open.contains(height); });
}

std::vector<SyncPeers::Address> SyncPeers::idle(Height height) {
    std::vector<std::pair<std::uint64_t, Address>> order;
    for (const auto& [address, peer] : peers_) {
        if (!peer.open.empty() || peer.claim < height) continue;
        const std::uint64_t chance = below(std::uint64_t{1} << 62);
        order.emplace_back(peer.is_proven ? chance : chance | std::uint64_t{1} << 63, address);
    }
    std::ranges::sort(order);
    std::vector<Address> out;
    out.reserve(order.size());
    for (auto& [chance, address] : order) out.push_back(address);
    return out;
}

std::optional<MonotonicTime> SyncPeers::deadline() const {
    std::optional<MonotonicTime> first;
    for (const auto& [address, peer] : peers_) {
        if (!peer.open.empty() && (!first || peer.deadline < *first)) first = peer.deadline;
    }
    return first;
}

}  // namespace dusk::chain
