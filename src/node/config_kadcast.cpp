#include "node/config_kadcast.hpp"

namespace dusk::node {
namespace {

void read_buckets(Section bucket, kadcast::OverlaySettings& out) {
    constexpr std::chrono::seconds kLeast{1};
    bucket.short_duration("node_ttl", out.table.node_ttl, kLeast);
    bucket.short_duration("node_evict_after", out.table.node_evict_after, std::chrono::nanoseconds(0));
    bucket.short_duration("bucket_ttl", out.table.bucket_ttl, kLeast);
    bucket.number("min_peers", out.min_peers, 0, 10'000);
    // Nodes are asked for a sign while there is time for an answer.
    out.table.ping_after = std::min(out.table.ping_after, out.table.node_ttl * 2 / 3);
    bucket.note_unknown();
}

// A pause before each datagram is a rate here.
void read_sockets(Section network, KadcastSettings& out) {
    network.number("udp_recv_buffer_size", out.receive_buffer, 4096, 1'000'000'000);
    std::chrono::nanoseconds pause{0};
    network.short_duration("udp_send_backoff_timeout", pause, std::chrono::nanoseconds(0));
    constexpr std::uint64_t kDatagram = 1375;
    if (pause.count() > 0) {
        const auto rate = kDatagram * 1'000'000'000 / static_cast<std::uint64_t>(pause.count());
        out.pacing.bytes_per_second = std::clamp<std::uint64_t>(rate, kDatagram, out.pacing.bytes_per_second);
    }
    network.note_unknown();
}

void read_fec(Section fec, kadcast::OverlaySettings& out) {
    Section encoder = fec.section("encoder");
    encoder.number("mtu", out.fec.mtu, 1296, 8192);
    encoder.number("min_repair_packets_per_block", out.fec.least_repair, 0, 1000);
    encoder.fraction("fec_redundancy", out.fec.redundancy, 0.0, 10.0);
    encoder.note_unknown();
    Section decoder = fec.section("decoder");
    decoder.short_duration("cache_ttl", out.reassembly.memory, std::chrono::seconds(1));
    decoder.note_unknown();
    fec.note_unknown();
}

}  // namespace

void read_kadcast(Section& kadcast, KadcastSettings& out) {
    if (const auto address = kadcast.peer("public_address")) out.public_address = *address;
    out.listen_address = kadcast.peer("listen_address");
    kadcast.node_names("bootstrapping_nodes", out.bootstrap);
    kadcast.flag("recursive_discovery", out.overlay.recursive_discovery);
    read_buckets(kadcast.section("bucket"), out.overlay);
    read_sockets(kadcast.section("network"), out);
    read_fec(kadcast.section("fec"), out.overlay);
    kadcast.note_unknown();
}

}  // namespace dusk::node
