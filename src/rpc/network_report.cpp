#include "rpc/network_report.hpp"

#include <algorithm>

#include "base/hex.hpp"

namespace dusk::rpc {
namespace {

using Json = nlohmann::ordered_json;

Json kinds(const node::TransportCounts& counts) {
    Json out = Json::object();
    for (const auto& [topic, of_topic] : counts.topics) {
        out[std::string(node::topic_name(topic))] = {{"received", of_topic.received},
                                                     {"received_bytes", of_topic.received_bytes},
                                                     {"sent", of_topic.sent},
                                                     {"sent_bytes", of_topic.sent_bytes},
                                                     {"late_datagrams", of_topic.late_datagrams},
                                                     {"dropped", of_topic.dropped},
                                                     {"of_nobody", of_topic.of_nobody}};
    }
    return out;
}

Json datagrams(const node::TransportCounts& counts) {
    return {{"received", counts.datagrams_received},
            {"received_bytes", counts.bytes_received},
            {"sent", counts.datagrams_sent},
            {"sent_bytes", counts.bytes_sent},
            {"send_failures", counts.send_failures},
            {"kernel_drops", counts.kernel_drops},
            {"pings", counts.pings},
            {"pongs", counts.pongs},
            {"find_nodes", counts.find_nodes},
            {"nodes", counts.nodes},
            {"chunks", counts.chunks},
            {"duplicates", counts.duplicates},
            {"wrong_source", counts.wrong_source},
            {"wrong_network", counts.wrong_network},
            {"limited", counts.limited},
            {"mismatches", counts.mismatches},
            {"expired", counts.expired},
            {"assembling", counts.assembling},
            {"assembling_bytes", counts.assembling_bytes},
            {"waiting_bytes", counts.waiting_bytes}};
}

}  // namespace

Json message_counts(const node::TransportCounts& counts) {
    return {{"received", counts.received},
            {"duplicates", counts.duplicates},
            {"malformed", counts.malformed},
            {"sent", counts.sent},
            {"dropped", counts.dropped}};
}

Json network_summary(const node::NetworkView& view) {
    return {{"address", view.self.to_text()},
            {"listening", view.listening.to_text()},
            {"id", to_hex(ByteView(view.id))},
            {"nonce", to_hex(ByteView(view.nonce))},
            {"network_id", static_cast<unsigned>(view.network)},
            {"known", view.peers.size()},
            {"alive", std::ranges::count_if(view.peers, &node::PeerView::is_alive)},
            {"messages", message_counts(view.counts)},
            {"kinds", kinds(view.counts)},
            {"datagrams", datagrams(view.counts)}};
}

Json network_peers(const node::NetworkView& view) {
    Json peers = Json::array();
    for (const node::PeerView& peer : view.peers) {
        Json round_trip = nullptr;
        if (peer.round_trip) round_trip = peer.round_trip->count();
        peers.push_back({{"address", peer.address.to_text()},
                         {"id", to_hex(ByteView(peer.id))},
                         {"bucket", static_cast<unsigned>(peer.height)},
                         {"alive", peer.is_alive},
                         {"silent_ms", peer.silent_for.count()},
                         {"round_trip_us", round_trip}});
    }
    return {{"address", view.self.to_text()}, {"id", to_hex(ByteView(view.id))}, {"peers", peers}};
}

Json network_objects(const node::NetworkView& view, const node::RecentObjects& objects) {
    const auto unix_us = [&](MonotonicTime time) {
        return (std::chrono::duration_cast<std::chrono::microseconds>(time.time_since_epoch()) + view.unix_offset)
            .count();
    };
    Json list = Json::array();
    for (const node::TracedObject& one : objects.objects) {
        list.push_back({{"number", one.number},
                        {"ray_id", to_hex(ByteView(one.ray_id))},
                        {"kind", node::topic_name(one.topic)},
                        {"own", one.is_own},
                        {"from", one.from.to_text()},
                        {"height", static_cast<unsigned>(one.height)},
                        {"bytes", one.bytes},
                        {"chunks", one.chunks},
                        {"late_chunks", one.late_chunks},
                        {"first_us", unix_us(one.first)},
                        {"complete_us", unix_us(one.complete)}});
    }
    return {{"address", view.self.to_text()}, {"last", objects.last}, {"objects", list}};
}

}  // namespace dusk::rpc
