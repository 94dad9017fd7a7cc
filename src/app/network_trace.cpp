#include "app/network_trace.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "app/net_nodes.hpp"

namespace dusk::app {
namespace {

constexpr std::size_t kMostPending = 100'000;

std::string time_of_day(std::uint64_t unix_us) {
    const std::uint64_t seconds = unix_us / 1'000'000 % 86'400;
    return fmt::format("{:02}:{:02}:{:02}.{:06}", seconds / 3600, seconds / 60 % 60, seconds % 60, unix_us % 1'000'000);
}

double milliseconds(std::uint64_t us) { return static_cast<double>(us) / 1000; }

std::string way_of(const MessageSighting& one) {
    if (one.is_own) return "made here";
    return fmt::format("from {} {}, {} chunks in {:.2f} ms, {} late", one.from,
                       one.height == 0 ? "to this node alone" : fmt::format("height {}", one.height), one.chunks,
                       milliseconds(one.complete_us - one.first_us), one.late_chunks);
}

}  // namespace

std::uint64_t TracedMessage::begin_us() const {
    std::uint64_t out = UINT64_MAX;
    for (const auto& [node, one] : sightings) out = std::min(out, one.first_us);
    return sightings.empty() ? 0 : out;
}

std::uint64_t TracedMessage::spread_us() const {
    std::uint64_t last = 0;
    for (const auto& [node, one] : sightings) last = std::max(last, one.complete_us);
    return last - std::min(last, begin_us());
}

std::string trace_line(const TracedMessage& message, const std::vector<std::string>& nodes) {
    std::string out = fmt::format("{} {:<17} {} {:>7} B", time_of_day(message.begin_us()), message.kind,
                                  message.ray_id.substr(0, 8), message.bytes);
    if (nodes.size() == 1) {
        for (const auto& [node, one] : message.sightings) out += "  " + way_of(one);
        return out;
    }
    out += fmt::format("  {}/{} nodes in {:.2f} ms ", message.sightings.size(), nodes.size(),
                       milliseconds(message.spread_us()));
    for (const auto& [node, one] : message.sightings) {
        if (one.is_own) {
            out += fmt::format(" {}: made", nodes[node]);
        } else {
            out += fmt::format(" {}: +{:.2f} ms {}+{} chunks", nodes[node],
                               milliseconds(one.complete_us - std::min(one.complete_us, message.begin_us())),
                               one.chunks, one.late_chunks);
        }
    }
    return out;
}

nlohmann::ordered_json trace_json(const TracedMessage& message, const std::vector<std::string>& nodes) {
    auto list = nlohmann::ordered_json::array();
    for (const auto& [node, one] : message.sightings) {
        list.push_back({{"node", nodes[node]},
                        {"own", one.is_own},
                        {"from", one.from},
                        {"height", one.height},
                        {"chunks", one.chunks},
                        {"late_chunks", one.late_chunks},
                        {"first_us", one.first_us},
                        {"complete_us", one.complete_us}});
    }
    return {{"kind", message.kind},
            {"ray_id", message.ray_id},
            {"bytes", message.bytes},
            {"begin_us", message.begin_us()},
            {"spread_us", message.spread_us()},
            {"reached", message.sightings.size()},
            {"nodes", list}};
}

std::uint64_t NetworkTrace::after(std::size_t node) const {
    std::uint64_t out = after_[node];
    std::uint64_t first = UINT64_MAX;  // that is pending
    for (const auto& [ray_id, pending] : pending_) {
        const auto at = pending.message.sightings.find(node);
        if (at != pending.message.sightings.end()) first = std::min(first, at->second.number);
    }
    return first == UINT64_MAX ? out : std::min(out, first - 1);
}

bool NetworkTrace::add(std::size_t node, const nlohmann::ordered_json& answer, Time now) {
    const auto objects = answer.find("objects");
    if (objects == answer.end() || !objects->is_array()) return false;
    for (const auto& object : *objects) {
        const std::string ray_id = text_of(object, "ray_id");
        const std::uint64_t number = count_of(object, "number");
        const auto known = pending_.find(ray_id);
        const bool is_news = number > after_[node];
        // Given out already, or too much at once.
        if (known == pending_.end() && (!is_news || pending_.size() >= kMostPending)) continue;
        Pending& pending = known != pending_.end() ? known->second : pending_[ray_id];
        if (known == pending_.end()) {
            pending.heard = now;
            pending.message = {.ray_id = ray_id, .kind = text_of(object, "kind"), .bytes = count_of(object, "bytes")};
        }
        pending.message.sightings[node] = {.number = number,
                                           .is_own = flag_of(object, "own"),
                                           .from = text_of(object, "from"),
                                           .height = count_of(object, "height"),
                                           .chunks = count_of(object, "chunks"),
                                           .late_chunks = count_of(object, "late_chunks"),
                                           .first_us = count_of(object, "first_us"),
                                           .complete_us = count_of(object, "complete_us")};
        after_[node] = std::max(after_[node], number);
    }
    return true;
}

std::vector<TracedMessage> NetworkTrace::take(Time now) {
    std::vector<TracedMessage> out;
    std::erase_if(pending_, [&](auto& one) {
        if (now - one.second.heard < settle_) return false;
        out.push_back(std::move(one.second.message));
        return true;
    });
    std::ranges::sort(out, {}, &TracedMessage::begin_us);
    return out;
}

}  // namespace dusk::app
