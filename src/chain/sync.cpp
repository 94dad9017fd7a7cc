#include "chain/sync.hpp"

#include <algorithm>

namespace dusk::chain {

using ledger::Height;

void Sync::on_claim(const Address& peer, Height height, MonotonicTime now) {
    if (height <= tip_) return;
    peers_.claim(peer, height, now);
    request(now);
}

void Sync::on_early_block(PooledBlock block, MonotonicTime now) {
    const Height height = block.block->header.height;
    const Address peer = block.peer;
    const bool wanted = !in_sync_ && height > tip_ && height.value - tip_.value <= kWindow;
    if (!wanted || peers_.find(peer) == nullptr) return;
    peers_.deliver(peer, height, now);
    static_cast<void>(pool_.put(std::move(block)));
    request(now);
}

void Sync::on_tip(Height tip, MonotonicTime now) {
    tip_ = tip;
    last_progress_ = now;
    pool_.drop_to(tip);
    peers_.drop_to(tip);
    if (peers_.count() == 0) {
        end();
    } else {
        request(now);
    }
}

void Sync::on_accepted(const Address& peer, Height height, MonotonicTime now) {
    peers_.deliver(peer, height, now);
    peers_.prove(peer);
    const SyncPeers::Peer* known = peers_.find(peer);
    if (in_sync_ && known != nullptr && known->claim > height) {
        in_sync_ = false;
        last_progress_ = now;
    }
    on_tip(height, now);
}

void Sync::on_refused(const Address& peer, MonotonicTime now) {
    pool_.drop_from(peer);
    rest(peer, SyncPeers::kRest, now);
}

void Sync::on_stranger(const Address& peer, MonotonicTime now) {
    if (const auto* known = peers_.find(peer); known != nullptr && strangers_.size() < SyncPeers::kMost) {
        strangers_[peer] = known->claim;
    }
    pool_.drop_from(peer);
    rest(peer, kStrangerRest, now);
}

void Sync::welcome_strangers(MonotonicTime now) {
    for (const auto& [peer, claim] : std::exchange(strangers_, {})) {
        peers_.wake(peer);
        on_claim(peer, claim, now);
    }
}

void Sync::rest(const Address& peer, std::chrono::seconds time, MonotonicTime now) {
    peers_.rest(peer, now + time);
    if (peers_.count() == 0) {
        end();
    } else {
        request(now);
    }
}

void Sync::end() {
    in_sync_ = true;
    pool_.clear();
}

std::vector<Sync::Address> Sync::on_time(MonotonicTime now) {
    auto failed = peers_.expire(now);
    if (!in_sync_ && (peers_.count() == 0 || now - last_progress_ >= kLongestPause)) end();
    request(now);
    return failed;
}

std::optional<PooledBlock> Sync::next() { return pool_.take({tip_.value + 1}); }

std::vector<SyncRequest> Sync::take_requests() { return std::exchange(requests_, {}); }

std::optional<MonotonicTime> Sync::wakeup() const {
    auto first = peers_.deadline();
    if (!in_sync_) first = first ? std::min(*first, last_progress_ + kLongestPause) : last_progress_ + kLongestPause;
    return first;
}

void Sync::request(MonotonicTime now) {
    if (in_sync_) {
        probe(now);
    } else {
        request_window(now);
    }
}

void Sync::probe(MonotonicTime now) {
    std::size_t asked = peers_.asked();
    const Height next{tip_.value + 1};
    for (const Address& peer : peers_.idle(next)) {
        if (asked++ >= kMostProbes) return;
        ask(peer, {next}, now);
    }
}

void Sync::request_window(MonotonicTime now) {
    std::vector<Height> missing;
    const std::uint64_t last = std::min(peers_.best_claim().value, tip_.value + kWindow);
    for (std::uint64_t height = tip_.value + 1; height <= last; ++height) {
        if (!pool_.has({height}) && !peers_.is_open({height})) missing.push_back({height});
    }
    std::size_t begin = 0;
    while (begin < missing.size()) {
        const auto idle = peers_.idle(missing[begin]);
        if (idle.empty()) return;
        const Height claim = peers_.find(idle.front())->claim;
        std::vector<Height> part;
        while (begin < missing.size() && missing[begin] <= claim && part.size() < kMostOfRequest) {
            part.push_back(missing[begin++]);
        }
        ask(idle.front(), std::move(part), now);
    }
}

void Sync::ask(const Address& peer, std::vector<Height> heights, MonotonicTime now) {
    peers_.ask(peer, heights, now);
    requests_.push_back({peer, std::move(heights)});
}

}  // namespace dusk::chain
