#include "node/send_queue.hpp"

#include <algorithm>

namespace dusk::node {
namespace {

constexpr std::size_t kChunksOfTurn = 8;

}  // namespace

bool SendQueue::add(kadcast::SendPacket packet) {
    if (small_.bytes + packet.datagram.size() > settings_.most_small_bytes) return false;
    small_.bytes += packet.datagram.size();
    small_.entries.push_back(std::make_shared<Entry>(Entry{.to = packet.to, .packet = std::move(packet.datagram)}));
    return true;
}

bool SendQueue::add(kadcast::SendObject object, bool is_block) {
    if (object.targets.empty()) return true;
    const std::size_t frame = object.object->frame_bytes();
    const std::size_t bytes =
        object.object->chunks() * (frame + kadcast::kBroadcastPrefixBytes) * object.targets.size();
    const bool is_small = object.object->chunks() <= settings_.small_chunks;
    const bool is_answer = std::ranges::all_of(object.targets, [](const auto& one) { return one.height == 0; });
    Lane& lane = is_answer && is_block ? answers_ : is_small ? small_ : is_answer ? answers_ : broadcasts_;
    if (lane.bytes + bytes > (&lane == &small_ ? settings_.most_small_bytes : settings_.most_bytes)) return false;
    std::ranges::sort(object.targets, std::ranges::greater(), &kadcast::Target::height);
    auto entry = std::make_shared<Entry>();
    entry->object = std::move(object.object);
    entry->is_block = is_block;
    for (const kadcast::Target& target : object.targets) {
        entry->open.push_back(entry->legs.size());
        entry->legs.push_back(
            {.to = target.to,
             .prefix = kadcast::broadcast_prefix(header_, target.height, static_cast<std::uint32_t>(frame))});
    }
    lane.bytes += bytes;
    lane.entries.push_back(std::move(entry));
    return true;
}

void SendQueue::take_chunk(Entry& entry) {
    Leg& leg = entry.legs[entry.open[entry.turn]];
    taken_.push_back({.to = leg.to, .head = leg.prefix, .body = entry.object->frame(leg.next_chunk)});
    ++leg.next_chunk;
    if (leg.next_chunk == entry.object->chunks()) {
        entry.open.erase(entry.open.begin() + static_cast<std::ptrdiff_t>(entry.turn));
    } else if (leg.next_chunk % kChunksOfTurn == 0) {
        ++entry.turn;
    }
    if (entry.turn >= std::min(settings_.targets_at_once, entry.open.size())) entry.turn = 0;
}

// With the rate of all, the share of a node is more than one node may have.
std::int64_t SendQueue::cost_of(std::size_t bytes, std::size_t nodes) const {
    const std::uint64_t all = settings_.bytes_per_second;
    const std::uint64_t these =
        std::clamp<std::uint64_t>(settings_.bytes_per_second_of_node * nodes, 1, std::max<std::uint64_t>(all, 1));
    return static_cast<std::int64_t>(bytes * all / these);
}

void SendQueue::take(Lane& lane, MonotonicTime now) {
    const std::shared_ptr<Entry> entry = lane.entries.front();
    const std::size_t nodes = std::min(settings_.targets_at_once, entry->open.size());
    if (entry->object) {
        take_chunk(*entry);
    } else {
        taken_.push_back({.to = entry->to, .head = entry->packet, .body = {}});
    }
    keepers_.push_back(entry);
    lane.bytes -= taken_.back().size();
    tokens_ -=
        &lane == &small_ ? static_cast<std::int64_t>(taken_.back().size()) : cost_of(taken_.back().size(), nodes);
    if (!entry->open.empty()) return;
    if (entry->is_block) pause_until_ = now + settings_.pause;
    lane.entries.pop_front();
}

MonotonicTime SendQueue::answer_from() const {
    const Entry& next = *answers_.entries.front();
    return next.is_block && !next.has_begun() ? pause_until_ : MonotonicTime{};
}

void SendQueue::refill(MonotonicTime now) {
    const auto burst = static_cast<std::int64_t>(settings_.burst);
    const auto passed = std::chrono::duration_cast<std::chrono::microseconds>(
        std::clamp<std::chrono::nanoseconds>(now - refilled_, std::chrono::nanoseconds(0), std::chrono::seconds(1)));
    const auto gained = static_cast<std::int64_t>(settings_.bytes_per_second) * passed.count() / 1'000'000;
    if (gained == 0) return;
    // What small messages took is owed for the time of one burst at most.
    tokens_ = std::min(burst, std::max(tokens_, -burst) + gained);
    refilled_ = now;
}

std::span<const OutgoingDatagram> SendQueue::next(std::size_t most, MonotonicTime now) {
    refill(now);
    while (taken_.size() < most) {
        if (!small_.entries.empty()) {
            take(small_, now);
        } else if (tokens_ > 0 && !broadcasts_.entries.empty()) {
            take(broadcasts_, now);
        } else if (tokens_ > 0 && !answers_.entries.empty() && now >= answer_from()) {
            take(answers_, now);
        } else {
            break;
        }
    }
    return std::span(taken_).first(std::min(most, taken_.size()));
}

void SendQueue::done(std::size_t count) {
    taken_.erase(taken_.begin(), taken_.begin() + static_cast<std::ptrdiff_t>(count));
    keepers_.erase(keepers_.begin(), keepers_.begin() + static_cast<std::ptrdiff_t>(count));
}

MonotonicTime SendQueue::ready(MonotonicTime now) const {
    if (empty()) return MonotonicTime::max();
    if (!taken_.empty() || !small_.entries.empty()) return now;
    const MonotonicTime allowed = broadcasts_.entries.empty() ? std::max(now, answer_from()) : now;
    if (tokens_ > 0) return allowed;
    // Not for each datagram anew: half a burst together.
    const std::int64_t missing =
        static_cast<std::int64_t>(settings_.burst) / 2 - std::max(tokens_, -static_cast<std::int64_t>(settings_.burst));
    const auto rate = static_cast<std::int64_t>(std::max<std::uint64_t>(settings_.bytes_per_second, 1));
    return std::max(allowed, refilled_ + std::chrono::microseconds(missing * 1'000'000 / rate + 1));
}

bool SendQueue::empty() const {
    return taken_.empty() && small_.entries.empty() && broadcasts_.entries.empty() && answers_.entries.empty();
}

std::size_t SendQueue::size() const { return small_.bytes + broadcasts_.bytes + answers_.bytes; }

}  // namespace dusk::node
