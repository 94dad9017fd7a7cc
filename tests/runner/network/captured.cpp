// captured-*.json: what nodes of a real network sent each other.
#include <map>

#include "consensus/fields.hpp"
#include "kadcast/object_encoder.hpp"
#include "kadcast/reassembly.hpp"
#include "network/addresses.hpp"
#include "network/message_fields.hpp"

namespace dusk::vectors {
namespace {

using namespace kadcast;

// What one node received.
struct Receiver {
    Reassembly objects;
    std::map<RayId, std::map<std::uint32_t, Bytes>> frames{};  // of each object, by symbol
    std::map<RayId, Bytes> complete{};
};

void datagram(const Node& c, std::map<std::string, Receiver>& receivers, Report& report) {
    c["t"].describe();
    const Bytes bytes = c["hex"].hex();
    const auto packet = read_packet(bytes);
    if (!packet) c.complain("is no packet here");
    report.expect(packet->size == bytes.size(), c, "has bytes behind it");
    report.expect(written(*packet) == bytes, c, "is written in another way");
    SocketAddress source = address_of_text(c["src"]);
    source.port = packet->header.port;
    report.expect(is_sent_from(packet->header, source), c, "is not from its sender");
    report.expect(meets_difficulty(packet->header.id, packet->header.nonce, kProducedDifficulty), c, "little work");
    Receiver& receiver = receivers[address_of_text(c["dst"]).to_text()];
    const auto* broadcast = std::get_if<Broadcast>(&packet->body);
    if (broadcast == nullptr) return;
    const auto chunk = Chunk::from_frame(broadcast->frame);
    if (!chunk) c.complain("holds no chunk: " + std::string(to_string(chunk.error())));
    receiver.frames[chunk->ray_id][chunk->symbol_id] = to_vector(broadcast->frame);
    auto added = receiver.objects.add(*chunk, broadcast->height, source, true, MonotonicTime(std::chrono::hours(1)));
    if (!added) c.complain("is not taken");
    if (*added) {
        report.expect(!receiver.complete.contains(chunk->ray_id), c, "the object comes twice");
        receiver.complete[chunk->ray_id] = (*added)->object;
    }
}

// Every chunk is the one that we would have sent, and every object a message.
void whole_objects(const Node& root, std::map<std::string, Receiver>& receivers, Report& report) {
    std::size_t objects = 0;
    for (const auto& [address, receiver] : receivers) {
        for (const auto& [ray_id, object] : receiver.complete) {
            ++objects;
            (void)message_of(object, root, report);
            const auto encoded = encode_object(object, {});
            if (!encoded) root.complain("an object is not encoded");
            for (const auto& [symbol, frame] : receiver.frames.at(ray_id)) {
                report.expect(symbol < encoded->chunks() && equal(encoded->frame(symbol), frame), root,
                              "a chunk is another one");
            }
        }
    }
    report.expect(objects > 0, root, "there is no whole object");
}

void datagrams(const Node& root, Report& report) {
    std::map<std::string, Receiver> receivers;
    for (const Node& c : root.items()) {
        report.run(c, [&] { datagram(c, receivers, report); });
    }
    report.run(root, [&] { whole_objects(root, receivers, report); });
}

void message(const Node& c, Report& report) {
    const Bytes frame = c["frame"].hex();
    report.expect_bytes(ray_id_of(frame), c["ray_id"]);
    if (!c["error"].is_null()) c["error"].complain("the recording has an error");
    expect_number(0, c["unread_bytes"], report);
    report.expect(c["reencodes_identically"].boolean(), c, "the reference writes it in another way");
    expect_frame(frame, c["fields"], report);
    expect_topic(message_of(frame, c, report), c["name"], report);
    for (const Node& arrival : c["arrivals"].items()) {
        arrival["t"].describe();
        report.expect(arrival["height"].u64() <= 127, arrival, "has an impossible height");
        report.expect(arrival["from_port"].u64() <= 65'535, arrival, "has an impossible port");
        (void)address_of_text(arrival["to"]);
    }
}

void messages(const Node& root, Report& report) {
    // Of the whole recording, of which the file has a part.
    for (const std::string_view field : {"counts", "datagrams", "datagram_bytes"}) root[field].describe();
    expect_number(0, root["undecodable_datagrams"], report);
    for (const Node& c : root["messages"].items()) {
        report.run(c, [&] { message(c, report); });
    }
}

void exchange(const Node& c, Report& report) {
    c["name"].describe();
    expect_frame(c["request"].hex(), c["request_fields"], report);
    for (const Node& answer : c["answers"].items()) {
        expect_number(0, answer["height"], report);  // to one node
        expect_frame(answer["frame"].hex(), answer["fields"], report);
        expect_topic(message_of(answer["frame"].hex(), answer, report), answer["topic"], report);
    }
}

void exchanges(const Node& root, Report& report) {
    (void)address_of_text(root["me"]);
    (void)address_of_text(root["node"]);
    for (const Node& c : root["exchanges"].items()) {
        report.run(c, [&] { exchange(c, report); });
    }
}

constexpr auto kMessageSections = {"counts", "datagram_bytes", "datagrams", "messages", "undecodable_datagrams"};

const Registered registered_datagrams{
    {"network", "captured-datagrams", {"dst", "hex", "src", "t"}, datagrams, /*is_list=*/true}};
const Registered registered_messages{
    {"network", "captured-messages", {kMessageSections.begin(), kMessageSections.end()}, messages}};
const Registered registered_sync{
    {"network", "captured-sync", {kMessageSections.begin(), kMessageSections.end()}, messages}};
const Registered registered_exchanges{{"network", "captured-exchanges", {"exchanges", "me", "node"}, exchanges}};

}  // namespace
}  // namespace dusk::vectors
