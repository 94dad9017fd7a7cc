#include <fmt/core.h>

#include <map>

#include "app/net_commands.hpp"
#include "app/net_nodes.hpp"

namespace dusk::app {
namespace {

using Json = nlohmann::ordered_json;

std::string peer_line(const Json& peer) {
    const auto at = peer.find("round_trip_us");
    const std::string round_trip =
        at != peer.end() && at->is_number_unsigned() ? fmt::format("{:.2f} ms", at->get<double>() / 1000) : "-";
    return fmt::format("{:<28} {}  {:>6} {:>10} {:>10}  {}\n", text_of(peer, "address"), text_of(peer, "id"),
                       count_of(peer, "bucket"),
                       fmt::format("{:.1f} s", static_cast<double>(count_of(peer, "silent_ms")) / 1000), round_trip,
                       flag_of(peer, "alive") ? "alive" : "silent");
}

Result<Json, Failure> peers_of(const NetNodes& nodes) {
    const auto addresses = addresses_of(nodes);
    if (!addresses) return fail(addresses.error());
    client::HttpClient client = client_of(addresses->front());
    auto answer = ask_node(client, "/network/peers");
    if (!answer) return fail(answer.error());
    if (!answer->contains("peers") || !(*answer)["peers"].is_array()) return fail(not_a_node(addresses->front()));
    return answer;
}

}  // namespace

CommandResult show_peers(const NetNodes& nodes, bool with_silent) {
    const auto answer = peers_of(nodes);
    if (!answer) return fail(answer.error());
    Outcome out;
    std::size_t alive = 0;
    auto shown = Json::array();
    std::string lines;
    for (const Json& peer : (*answer)["peers"]) {
        const bool is_alive = flag_of(peer, "alive");
        alive += is_alive ? 1 : 0;
        if (!is_alive && !with_silent) continue;
        shown.push_back(peer);
        lines += peer_line(peer);
    }
    const std::size_t known = (*answer)["peers"].size();
    out.text = fmt::format("{} knows {} nodes, {} alive\n", text_of(*answer, "address"), known, alive);
    if (!shown.empty()) {
        out.text +=
            fmt::format("{:<28} {:<32}  {:>6} {:>10} {:>10}\n", "address", "id", "bucket", "heard", "round trip");
    }
    out.text += lines;
    if (known == 0) out.text += "It is alone: see its log, and try the bootstrapping nodes with dusk net ping.\n";
    out.json = {{"address", text_of(*answer, "address")},
                {"id", text_of(*answer, "id")},
                {"known", known},
                {"alive", alive},
                {"peers", shown}};
    return out;
}

CommandResult show_table(const NetNodes& nodes) {
    const auto answer = peers_of(nodes);
    if (!answer) return fail(answer.error());
    std::map<std::uint64_t, std::vector<Json>, std::greater<>> buckets;
    for (const Json& peer : (*answer)["peers"]) buckets[count_of(peer, "bucket")].push_back(peer);
    Outcome out;
    out.text = fmt::format("{}  id {}\n", text_of(*answer, "address"), text_of(*answer, "id"));
    if (!buckets.empty()) out.text += fmt::format("{:>6} {:>5} {:>5}  {}\n", "bucket", "nodes", "alive", "members");
    auto list = Json::array();
    for (const auto& [height, members] : buckets) {
        std::size_t alive = 0;
        std::string names;
        auto addresses = Json::array();
        for (const Json& peer : members) {
            alive += flag_of(peer, "alive") ? 1 : 0;
            names += (names.empty() ? "" : " ") + text_of(peer, "address") + (flag_of(peer, "alive") ? "" : "(silent)");
            addresses.push_back(text_of(peer, "address"));
        }
        out.text += fmt::format("{:>6} {:>5} {:>5}  {}\n", height, members.size(), alive, names);
        list.push_back({{"bucket", height}, {"nodes", members.size()}, {"alive", alive}, {"members", addresses}});
    }
    out.text +=
        "A bucket holds at most 20 nodes; bucket 127 stands for half of the network, each lower one for half of\n"
        "that. A broadcast goes to three nodes of each.\n";
    out.json = {{"address", text_of(*answer, "address")}, {"id", text_of(*answer, "id")}, {"buckets", list}};
    return out;
}

}  // namespace dusk::app
