// kadcast.json: identifiers, distances, packets, what is accepted from whom, tables.
#include <fmt/core.h>

#include "base/cases.hpp"
#include "consensus/fields.hpp"
#include "kadcast/overlay.hpp"
#include "network/addresses.hpp"
#include "network/tables.hpp"

namespace dusk::vectors {
namespace {

using namespace kadcast;

void constants(const Node& c, Report& report) {
    expect_number(kBucketNodes, c["k"], report);
    expect_number(kAlpha, c["alpha"], report);
    expect_number(kBeta, c["beta"], report);
    expect_number(kAcceptedDifficulty, c["min_difficulty_bits"], report);
    expect_number(kProducedDifficulty, c["produced_difficulty_bits"], report);
}

void id(const Node& c, Report& report) {
    const Identity identity = Identity::of(address_of_fields(c["address"], report), 0);
    report.expect_bytes(identity.id.bytes, c["id"]);
    report.expect_bytes(identity.nonce, c["nonce"]);
}

void distance_of(const Node& c, Report& report) {
    const NodeId a{c["a"].array<16>()};
    const NodeId b{c["b"].array<16>()};
    const auto height = distance(a, b);
    if (c["distance"].is_null()) {
        report.expect(!height, c, "there is a distance");
    } else {
        report.expect(height == c["distance"].u64(), c, "is another distance");
    }
    report.expect(distance(b, a) == height, c, "it is another one the other way");
    if (!c.has("flip_bit_at")) return;
    const NodeId flipped = at_distance(a, static_cast<std::uint8_t>(c["flip_bit_at"].u64()));
    report.expect_bytes(flipped.bytes, c["b"]);
}

void expect_version(const Version& version, const Node& expected, Report& report) {
    const std::string text = fmt::format("{}.{}.{}", version.major, version.minor, version.patch);
    report.expect(text == expected.text(), expected, "is " + text);
}

struct BodyFields {
    const Node& fields;
    Report& report;

    void operator()(const Ping& body) const { version(0, body.version); }
    void operator()(const Pong& body) const { version(1, body.version); }
    void operator()(const FindNodes& body) const {
        version(2, body.version);
        report.expect_bytes(body.target.bytes, fields["target"]);
    }
    void operator()(const Nodes& body) const {
        version(3, body.version);
        const auto expected = fields["nodes"].items();
        report.expect(expected.size() == body.entries.size(), fields, "has another number of nodes");
        for (std::size_t i = 0; i < std::min(expected.size(), body.entries.size()); ++i) {
            const NodeEntry& entry = body.entries[i];
            std::visit([&](const auto& ip) { report.expect_bytes(ip, expected[i]["ip"]); }, entry.address.ip);
            expect_number(entry.address.port, expected[i]["port"], report);
            report.expect(entry.address.to_text() == expected[i]["address"].text(), expected[i], "another text");
            report.expect_bytes(entry.id.bytes, expected[i]["id"]);
        }
    }
    void operator()(const Broadcast& body) const {
        expect_number(10, fields["type"], report);
        expect_number(body.height, fields["height"], report);
        report.expect_bytes(body.frame, fields["frame"]);
    }

  private:
    void version(std::uint64_t type, const Version& value) const {
        expect_number(type, fields["type"], report);
        expect_version(value, fields["version"], report);
    }
};

std::string_view reference_text(PacketError error) {
    switch (error) {
        case PacketError::short_packet:
            return "UnexpectedEof";
        case PacketError::unknown_type:
            return "Other: Invalid message type";
        case PacketError::too_little_work:
            return "Other: Invalid Nonce";
    }
    return "";
}

void packet(const Node& c, Report& report) {
    c["name"].describe();
    const Bytes datagram = c["hex"].hex();
    const auto read = read_packet(datagram);
    const Node result = c["result"];
    if (result.has("error")) {
        if (read) result.complain("is a packet here");
        report.expect(result["error"].text().starts_with(reference_text(read.error())), result["error"],
                      "is refused for another reason: " + std::string(to_string(read.error())));
        return;
    }
    if (!read) result.complain("is no packet here: " + std::string(to_string(read.error())));
    const Node fields = result["ok"];
    report.expect_bytes(read->header.id.bytes, fields["id"]);
    report.expect_bytes(read->header.nonce, fields["nonce"]);
    expect_number(read->header.port, fields["port"], report);
    expect_number(read->header.network, fields["network_id"], report);
    report.expect_bytes(read->header.reserved, fields["reserved"]);
    expect_number(datagram.size() - read->size, fields["unread_bytes"], report);
    std::visit(BodyFields{fields, report}, read->body);
    report.expect(equal(written(*read), ByteView(datagram).first(read->size)), c, "is written in another way");
}

void source_rule(const Node& c, Report& report) {
    const Bytes datagram = c["packet"].hex();
    const auto read = read_packet(datagram);
    if (!read) c.complain("is no packet here");
    const SocketAddress source = address_of_ip(c["source_ip"], read->header.port);
    report.expect(is_sent_from(read->header, source) == c["accepted"].boolean(), c, "is accepted, or not");
}

void version_rule(const Node& c, Report& report) {
    Version version;
    const std::string text = c["version"].text();
    unsigned major = 0;
    unsigned minor = 0;
    unsigned patch = 0;
    if (std::sscanf(text.c_str(), "%u.%u.%u", &major, &minor, &patch) != 3) c.complain("is no version");
    version = {static_cast<std::uint8_t>(major), static_cast<std::uint16_t>(minor), static_cast<std::uint16_t>(patch)};
    report.expect(version.is_compatible() == c["accepted"].boolean(), c, "is accepted, or not");
}

void nonces(const Node& c, Report& report) {
    const NodeId own = id_of(address_of_fields(c["address"], report));
    for (const Node& one : c["list"].items()) {
        report.run(one, [&] {
            report.expect(meets_difficulty(own, one["nonce"].array<4>()) == one["accepted"].boolean(), one,
                          "is accepted, or not");
        });
    }
}

void each(const Node& list, Report& report, void (*run)(const Node&, Report&)) {
    for (const Node& c : list.items()) {
        report.run(c, [&] { run(c, report); });
    }
}

void run(const Node& root, Report& report) {
    root["seed"].describe();
    report.run(root["constants"], [&] { constants(root["constants"], report); });
    each(root["ids"], report, id);
    nonces(root["nonces"], report);
    each(root["distances"], report, distance_of);
    each(root["packets"], report, packet);
    each(root["source_rule"], report, source_rule);
    each(root["version_rule"], report, version_rule);
    each(root["tables"], report, expect_table);
}

const Registered registered{
    {"network",
     "kadcast",
     {"constants", "distances", "ids", "nonces", "packets", "seed", "source_rule", "tables", "version_rule"},
     run}};

}  // namespace
}  // namespace dusk::vectors
