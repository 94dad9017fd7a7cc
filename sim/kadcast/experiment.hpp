// One virtual network, and objects that spread in it: what `dusk-sim-kadcast` is asked for, and what comes out.
#pragma once

#include "sim/kadcast/overlay_network.hpp"

namespace dusk::sim {

enum class Spreading : std::uint8_t {
    overlay,  // whole nodes with the code of src/kadcast: joining, tables, datagrams, codes
    counted,  // Kadcast with tables of long-standing nodes; datagrams are counted
    flood,    // to all connections; counted
    gossip,   // to some that are drawn; counted
};

struct Wishes {
    Spreading spreading = Spreading::overlay;
    std::size_t nodes = 1000;
    std::uint64_t seed = 1;
    LinkSettings links{};
    std::chrono::nanoseconds check = std::chrono::milliseconds(2);
    std::vector<std::size_t> object_bytes{300};
    std::size_t broadcasts = 10;                               // of each size
    double silent = 0;                                         // part of the nodes that goes away unnoticed
    std::chrono::nanoseconds after = std::chrono::seconds(1);  // it did, the broadcasts begin
    double churn = 0;  // overlay: part of the nodes that goes away in a minute, from `after` before the broadcasts on
    std::chrono::nanoseconds settling = std::chrono::minutes(2);  // overlay: after the last node joined
    std::size_t degree = 8;                                       // flood: connections that a node opens
    std::size_t fanout = 10;                                      // gossip
    bool is_coded = false;                                        // flood, gossip: datagrams as those of Kadcast
    bool is_reliable = false;  // flood, gossip: what is lost is sent again, as by TCP
    bool far_first = false;    // counted: the largest parts of the network first
    kadcast::FecSettings fec{};
};

struct Outcome {
    struct OfSize {
        std::size_t object_bytes = 0;
        Summary summary{};
    };
    std::vector<OfSize> sizes{};
    // Whole nodes only:
    std::optional<TableSummary> joined{};     // when the network has settled
    std::optional<TableSummary> tables{};     // before the first broadcast
    std::optional<ControlTraffic> joining{};  // until it has settled
    std::optional<ControlTraffic> idle{};     // in the minute after that
    std::size_t most_incomplete_bytes = 0;    // of one node
    kadcast::OverlayCounts counts{};
};

[[nodiscard]] Outcome run(const Wishes& wishes);

}  // namespace dusk::sim
