#include "node/overlay_view.hpp"

namespace dusk::node {

std::vector<PeerView> peers_of(const kadcast::Overlay& overlay, const RoundTrips& round_trips, MonotonicTime now) {
    std::vector<PeerView> out;
    for (const auto& bucket : overlay.table().buckets()) {
        for (const kadcast::KnownNode& node : bucket.nodes) {
            out.push_back({.address = node.identity.address,
                           .id = node.identity.id.bytes,
                           .height = bucket.height,
                           .is_alive = overlay.table().is_alive(node, now),
                           .silent_for = std::chrono::duration_cast<std::chrono::milliseconds>(now - node.seen),
                           .round_trip = round_trips.of(node.identity.address)});
        }
    }
    return out;
}

void add_counts(TransportCounts& out, const kadcast::Overlay& overlay) {
    const kadcast::OverlayCounts& packets = overlay.counts();
    const kadcast::ReassemblyCounts objects = overlay.reassembly();
    out.duplicates += objects.superfluous;
    out.malformed += packets.malformed;
    out.dropped += packets.refused;
    out.pings = packets.pings;
    out.pongs = packets.pongs;
    out.find_nodes = packets.find_nodes;
    out.nodes = packets.nodes;
    out.chunks = packets.chunks;
    out.wrong_source = packets.wrong_source;
    out.wrong_network = packets.wrong_network;
    out.limited = packets.limited;
    out.mismatches = objects.mismatches;
    out.expired = objects.expired;
    out.assembling = objects.objects;
    out.assembling_bytes = objects.bytes;
}

}  // namespace dusk::node
