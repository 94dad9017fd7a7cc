// fec.json: the chunks of objects, in what order they become objects again, hostile chunks.
#include <algorithm>

#include "consensus/fields.hpp"
#include "kadcast/object_encoder.hpp"
#include "kadcast/packet.hpp"
#include "kadcast/reassembly.hpp"

namespace dusk::vectors {
namespace {

using namespace kadcast;

Header sender(const Node& c) {
    return {.id = {c["id"].array<16>()},
            .nonce = c["nonce"].array<4>(),
            .port = static_cast<std::uint16_t>(c["port"].u64()),
            .network = static_cast<std::uint8_t>(c["network_id"].u64())};
}

std::vector<Bytes> datagrams_of(const EncodedObject& object, const Header& header, std::uint8_t height) {
    std::vector<Bytes> out;
    const auto prefix = broadcast_prefix(header, height, static_cast<std::uint32_t>(object.frame_bytes()));
    for (std::size_t i = 0; i < object.chunks(); ++i) {
        Bytes datagram(prefix.begin(), prefix.end());
        append(datagram, object.frame(i));
        out.push_back(std::move(datagram));
    }
    return out;
}

enum class Fed : std::uint8_t { nothing, object, refused };

// What a node makes of the datagrams of one sender.
class Receiver {
  public:
    Fed feed(ByteView datagram) {
        const auto packet = read_packet(datagram);
        if (!packet) return Fed::refused;
        const auto* broadcast = std::get_if<Broadcast>(&packet->body);
        if (broadcast == nullptr) return Fed::refused;
        const auto chunk = Chunk::from_frame(broadcast->frame);
        if (!chunk) {
            error = chunk.error();
            return Fed::refused;
        }
        auto added = objects_.add(*chunk, broadcast->height, {ByteArray<4>{127, 0, 0, 1}, 9000}, false, now_);
        if (!added) return Fed::refused;
        if (!*added) return Fed::nothing;
        object = **std::move(added);
        return Fed::object;
    }

    CompleteObject object{};
    ChunkError error{};

  private:
    Reassembly objects_;
    MonotonicTime now_{std::chrono::hours(1)};
};

// Whether one of the chunks is not that of the object.
bool has_wrong_symbol(const std::vector<Bytes>& datagrams, ByteView object) {
    const EncodedObject encoded = encode_object(object, {}).value();
    return std::ranges::any_of(datagrams, [&](const Bytes& datagram) {
        const ByteView frame = ByteView(datagram).subspan(kBroadcastPrefixBytes);
        const std::uint32_t symbol = Chunk::from_frame(frame).value().symbol_id;
        return symbol >= encoded.chunks() || !equal(encoded.frame(symbol), frame);
    });
}

// Feeds the datagrams until the first object, as the reference did; `payload` is what it must be, if that is known.
void expect_delivery(const std::vector<Bytes>& datagrams, const Node& result, const Bytes* payload, Report& report) {
    Receiver receiver;
    std::size_t after = 0;
    for (std::size_t i = 0; i < datagrams.size() && after == 0; ++i) {
        if (receiver.feed(datagrams[i]) == Fed::object) after = i + 1;
    }
    if (result["delivered_after"].is_null()) {
        // One wrong symbol spoils the reference's decoder; here its sender begins anew.
        report.expect(after == 0 || has_wrong_symbol(datagrams, receiver.object.object), result, "an object comes");
        return;
    }
    expect_number(after, result["delivered_after"], report);
    expect_number(receiver.object.height, result["height"], report);
    expect_number(receiver.object.object.size(), result["length"], report);
    report.expect_bytes(receiver.object.ray_id, result["ray_id"]);
    if (payload != nullptr) report.expect(receiver.object.object == *payload, result, "another object comes");
}

void set(const Node& c, const Header& header, const FecSettings& settings, Report& report) {
    const Bytes payload = c["payload"].hex();
    expect_number(payload.size(), c["payload_length"], report);
    const auto encoded = encode_object(payload, settings);
    if (!encoded) c.complain("is refused");
    const auto height = static_cast<std::uint8_t>(c["height"].u64());
    const auto datagrams = datagrams_of(*encoded, header, height);
    const std::size_t symbols = c["source_symbols"].u64();
    expect_number(datagrams.size(), c["chunk_count"], report);
    report.expect_bytes(encoded->frame(0).first(44), c["ray_id_and_oti"]);
    expect_number(Chunk::from_frame(encoded->frame(0)).value().info.symbols(), c["source_symbols"], report);
    // All, or the repair symbols alone.
    const auto expected = c["chunks"].items();
    const bool is_all = expected.empty() || !expected.front().has("repair_chunk");
    const std::size_t first = is_all ? 0 : symbols;
    if (first + expected.size() != datagrams.size()) c.complain("has another number of chunks");
    for (std::size_t i = 0; i < expected.size(); ++i) {
        report.expect_bytes(datagrams[first + i], is_all ? expected[i] : expected[i]["repair_chunk"]);
    }
    for (const Node& order : c["orders"].items()) {
        std::vector<Bytes> chosen;
        for (const Node& index : order["chunk_indexes"].items()) chosen.push_back(datagrams.at(index.u64()));
        expect_delivery(chosen, order["result"], &payload, report);
    }
}

// Objects of bytes 0x5a.
void size(const Node& c, const Header& header, const FecSettings& defaults, Report& report) {
    const Bytes payload(c["length"].u64(), 0x5a);
    FecSettings settings = defaults;
    settings.mtu = static_cast<std::uint16_t>(c["mtu"].u64());
    const auto encoded = encode_object(payload, settings);
    const Node decoded = c["decoded"];
    if (!decoded.is_null() && decoded.has("error")) {
        // The reference encodes what no node takes; here it is refused.
        c.describe();
        report.expect(!encoded && encoded.error() == EncodeError::too_large, c, "is encoded");
        return;
    }
    if (!encoded) c.complain("is refused");
    report.expect_bytes(encoded->frame(0).first(44), c["ray_id_and_oti"]);
    report.expect_bytes(encoded->frame(0).subspan(32, 12), c["oti"]);
    expect_number(encoded->chunks(), c["chunks"], report);
    expect_number(kBroadcastPrefixBytes + encoded->frame_bytes(), c["datagram_length"], report);
    const auto last = Chunk::from_frame(encoded->frame(encoded->chunks() - 1));
    expect_number(last.value().symbol_id, c["last_symbol_id"], report);
    if (!decoded.is_null()) expect_delivery(datagrams_of(*encoded, header, 9), decoded, &payload, report);
}

// Chunks with which the reference goes on, or ends its task, and which must not reach the library of the code.
bool is_stricter(ChunkError error) {
    return error == ChunkError::wrong_symbol_size || error == ChunkError::wrong_sub_blocks ||
           error == ChunkError::too_many_blocks;
}

void hostile(const Node& c, Report& report) {
    c["name"].describe();
    const std::vector<Bytes> datagrams = c["datagrams"].hex_list();
    const Node result = c["result"];
    bool refuses_more = false;
    Receiver probe;
    for (const Bytes& datagram : datagrams) {
        refuses_more = refuses_more || (probe.feed(datagram) == Fed::refused && is_stricter(probe.error));
    }
    if (!result.has("error")) {
        if (!refuses_more) return expect_delivery(datagrams, result, nullptr, report);
        // Whatever comes is what its ray id names.
        result.describe();
        Receiver receiver;
        for (const Bytes& datagram : datagrams) {
            if (receiver.feed(datagram) != Fed::object) continue;
            report.expect(ray_id_of(receiver.object.object) == receiver.object.ray_id, c, "a wrong object comes");
        }
        return;
    }
    const bool is_crash = result["error"].text().starts_with("panic");
    const std::size_t at = result["error_at"].u64();
    Receiver receiver;
    for (std::size_t i = 0; i <= at; ++i) {
        const Fed fed = receiver.feed(datagrams.at(i));
        report.expect(fed != Fed::object, c, "an object comes");
        if (i == at && !is_crash) report.expect(fed == Fed::refused, c, "the chunk is taken");
    }
    // A crash comes when the symbols are put together; here one that leads to it was refused at once.
    if (is_crash) report.expect(refuses_more, c, "all chunks are taken");
}

void run(const Node& root, Report& report) {
    root["seed"].describe();
    const Header header = sender(root["sender"]);
    const FecSettings settings;
    const Node defaults = root["defaults"];
    report.run(defaults, [&] {
        expect_number(settings.mtu, defaults["mtu"], report);
        expect_number(settings.least_repair, defaults["min_repair"], report);
        report.expect(settings.redundancy == defaults["redundancy"].json().get<float>(), defaults, "another one");
        defaults["redundancy"].describe();
    });
    for (const Node& c : root["sets"].items()) {
        report.run(c, [&] { set(c, header, settings, report); });
    }
    for (const Node& c : root["sizes"].items()) {
        report.run(c, [&] { size(c, header, settings, report); });
    }
    for (const Node& c : root["hostile"]["cases"].items()) {
        report.run(c, [&] { hostile(c, report); });
    }
    const Node twice = root["duplicates"]["chunks_sent_twice"];
    report.run(twice, [&] {
        const auto good = root["hostile"]["good"].hex_list();
        const auto expected = twice.items();
        if (expected.size() != 2 * good.size()) twice.complain("is not about the good chunks");
        Receiver receiver;
        for (std::size_t i = 0; i < expected.size(); ++i) {
            const bool came = receiver.feed(good[i % good.size()]) == Fed::object;
            report.expect(came == expected[i].boolean(), expected[i], "an object comes, or not");
        }
    });
}

const Registered registered{
    {"network", "fec", {"defaults", "duplicates", "hostile", "seed", "sender", "sets", "sizes"}, run}};

}  // namespace
}  // namespace dusk::vectors
