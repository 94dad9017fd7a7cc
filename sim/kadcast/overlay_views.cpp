// What is asked of a network of whole nodes.
#include <algorithm>

#include "sim/kadcast/overlay_network.hpp"

namespace dusk::sim {

std::size_t OverlayNetwork::living() const {
    return static_cast<std::size_t>(
        std::ranges::count_if(nodes_, [](const Node& node) { return node.overlay != nullptr && !node.is_silent; }));
}

bool OverlayNetwork::is_there(VirtualNode index, std::chrono::nanoseconds for_so_long) const {
    const Node& node = nodes_[index];
    return node.overlay != nullptr && !node.is_silent && now_ - node.since >= for_so_long;
}

ControlTraffic OverlayNetwork::take_control_traffic() {
    const double seconds = std::chrono::duration<double>(now_ - control_since_).count();
    const double share = seconds > 0 ? 1.0 / seconds / static_cast<double>(living()) : 0.0;
    const ControlTraffic out{.packets = static_cast<double>(control_packets_) * share,
                             .bytes = static_cast<double>(control_bytes_) * share};
    control_packets_ = control_bytes_ = 0;
    control_since_ = now_;
    return out;
}

kadcast::OverlayCounts OverlayNetwork::counts() const {
    kadcast::OverlayCounts out{};
    for (const auto& node : nodes_) {
        if (node.overlay == nullptr) continue;
        const auto& one = node.overlay->counts();
        out.pings += one.pings;
        out.pongs += one.pongs;
        out.find_nodes += one.find_nodes;
        out.nodes += one.nodes;
        out.chunks += one.chunks;
        out.malformed += one.malformed;
        out.wrong_source += one.wrong_source;
        out.wrong_network += one.wrong_network;
        out.limited += one.limited;
        out.refused += one.refused;
        out.delivered += one.delivered;
    }
    return out;
}

TableSummary OverlayNetwork::tables() const {
    TableSummary out{.fewest = nodes_.size()};
    std::size_t tables = 0, entries = 0, silent = 0, places = 0, unknown = 0;
    // Which heights have living nodes, seen from each node: from its neighbours in the order of identifiers.
    std::vector<VirtualNode> alive;
    for (VirtualNode node = 0; node < nodes_.size(); ++node) {
        if (nodes_[node].overlay != nullptr && !nodes_[node].is_silent) alive.push_back(node);
    }
    for (const auto node : alive) {
        const auto& table = nodes_[node].overlay->table();
        ++tables;
        entries += table.size();
        out.fewest = std::min(out.fewest, table.size());
        out.most = std::max(out.most, table.size());
        std::array<bool, kadcast::kHighest + 1> exists{};
        for (const auto other : alive) {
            const auto height = kadcast::distance(population_.identity(node).id, population_.identity(other).id);
            if (height) exists[*height] = true;
        }
        std::array<bool, kadcast::kHighest + 1> is_known{};
        for (const auto& bucket : table.buckets()) {
            const auto gone = static_cast<std::size_t>(std::ranges::count_if(bucket.nodes, [this](const auto& known) {
                return nodes_[population_.node_at(known.identity.address)].is_silent;
            }));
            silent += gone;
            is_known[bucket.height] = gone < bucket.nodes.size();
        }
        for (std::size_t height = 0; height < exists.size(); ++height) {
            places += exists[height] ? 1 : 0;
            unknown += exists[height] && !is_known[height] ? 1 : 0;
        }
    }
    if (tables == 0) return out;
    out.nodes = static_cast<double>(entries) / static_cast<double>(tables);
    out.silent = entries == 0 ? 0 : static_cast<double>(silent) / static_cast<double>(entries);
    out.unreachable = places == 0 ? 0 : static_cast<double>(unknown) / static_cast<double>(places);
    return out;
}

}  // namespace dusk::sim
