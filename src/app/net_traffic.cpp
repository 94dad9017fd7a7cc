#include <fmt/core.h>

#include "app/net_commands.hpp"
#include "app/net_nodes.hpp"

namespace dusk::app {
namespace {

using Json = nlohmann::ordered_json;

const Json& part(const Json& summary, const char* name) {
    static const Json kNothing = Json::object();
    const auto at = summary.find(name);
    return at != summary.end() && at->is_object() ? *at : kNothing;
}

std::string table_of(const Json& kinds) {
    std::string out = fmt::format("{:<18} {:>12} {:>12} {:>14} {:>12} {:>12}\n", "messages", "received", "sent",
                                  "late datagrams", "no room", "of nobody");
    for (const auto& [kind, counts] : kinds.items()) {
        out += fmt::format("{:<18} {:>12} {:>12} {:>14} {:>12} {:>12}\n", kind, count_of(counts, "received"),
                           count_of(counts, "sent"), count_of(counts, "late_datagrams"), count_of(counts, "dropped"),
                           count_of(counts, "of_nobody"));
    }
    return out;
}

std::string losses_of(const Json& messages, const Json& datagrams) {
    return fmt::format(
        "datagrams: {} received, {} sent\n"
        "of no use: {} lost in the kernel's buffer, {} above the rate of their source, {} duplicates, {} malformed,\n"
        "           {} from a wrong source, {} of another network\n",
        count_of(datagrams, "received"), count_of(datagrams, "sent"), count_of(datagrams, "kernel_drops"),
        count_of(datagrams, "limited"), count_of(datagrams, "duplicates"), count_of(messages, "malformed"),
        count_of(datagrams, "wrong_source"), count_of(datagrams, "wrong_network"));
}

}  // namespace

CommandResult show_traffic(const NetNodes& nodes) {
    const auto addresses = addresses_of(nodes);
    if (!addresses) return fail(addresses.error());
    client::HttpClient client = client_of(addresses->front());
    auto answer = ask_node(client, "/network");
    if (!answer) return fail(answer.error());
    if (!answer->contains("kinds") || !(*answer)["kinds"].is_object()) return fail(not_a_node(addresses->front()));
    const Json& kinds = part(*answer, "kinds");
    const Json& messages = part(*answer, "messages");
    const Json& datagrams = part(*answer, "datagrams");
    Outcome out;
    out.text = fmt::format("{} since its start\n", text_of(*answer, "address")) + table_of(kinds) +
               losses_of(messages, datagrams);
    out.json = {
        {"address", text_of(*answer, "address")}, {"kinds", kinds}, {"messages", messages}, {"datagrams", datagrams}};
    return out;
}

}  // namespace dusk::app
