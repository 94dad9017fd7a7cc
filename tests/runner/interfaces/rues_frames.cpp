// Messages of the event stream, byte for byte.
#include <nlohmann/json.hpp>

#include "base/hex.hpp"
#include "report.hpp"
#include "rpc/event_stream.hpp"

namespace dusk::vectors {
namespace {

// "/on/blocks:HASH/accepted"
rpc::Event named_by(const Node& uri) {
    const std::string text = uri.text();
    const std::size_t colon = text.find(':');
    const std::size_t slash = text.rfind('/');
    if (!text.starts_with("/on/") || colon == std::string::npos || slash < colon) uri.complain("names no event");
    return {.component = text.substr(4, colon - 4),
            .entity = text.substr(colon + 1, slash - colon - 1),
            .topic = text.substr(slash + 1)};
}

void describe_contract(const Node& c, rpc::Event& event, Report& report) {
    const Node fields = c["event"];
    report.expect(event.component == "contracts", c, "is an event of something else");
    report.expect(event.entity == to_hex(fields["target"].array<32>()), fields["target"], "is another contract");
    report.expect(event.topic == fields["topic"].text(), fields["topic"], "is another topic");
    report.expect(!fields["reverted"].boolean(), fields["reverted"], "would not be sent");
    event.origin = to_hex(c["origin"].array<32>());
    event.payload = fields["data"].hex();
}

void frame(const Node& c, Report& report) {
    rpc::Event event = named_by(c["uri"]);
    if (c.has("contract_event")) {
        describe_contract(c["contract_event"], event, report);
    } else if (const Node json = c["json"]; !json.is_null()) {
        json.describe();
        event.payload = to_vector(as_bytes(json.json().dump()));
    }
    report.expect_bytes(rpc::frame_of(event), c["frame"]);
}

void run(const Node& root, Report& report) {
    root["seed"].describe();
    root["crates"].describe();
    for (const Node& c : root["rues_frames"].items()) {
        report.run(c, [&] { frame(c, report); });
    }
}

const Registered registered{{"interfaces", "rues_frames", {"crates", "rues_frames", "seed"}, run}};

}  // namespace
}  // namespace dusk::vectors
