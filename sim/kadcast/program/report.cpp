#include "sim/kadcast/program/report.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace dusk::sim {
namespace {

using Json = nlohmann::ordered_json;

const char* name_of(Spreading spreading) {
    switch (spreading) {
        case Spreading::overlay:
            return "kadcast";
        case Spreading::counted:
            return "kadcast-counted";
        case Spreading::flood:
            return "flood";
        case Spreading::gossip:
            break;
    }
    return "gossip";
}

double in_seconds(std::chrono::nanoseconds time) { return std::chrono::duration<double>(time).count(); }

Json json_of(const TableSummary& tables) {
    return {{"nodes", tables.nodes},
            {"fewest", tables.fewest},
            {"most", tables.most},
            {"silent", tables.silent},
            {"unreachable", tables.unreachable}};
}

Json json_of(const ControlTraffic& traffic) {
    return {{"packets_per_second", traffic.packets}, {"bytes_per_second", traffic.bytes}};
}

Json json_of(std::size_t object_bytes, const Summary& summary) {
    Json latency = Json::object();
    for (std::size_t i = 0; i < summary.latency.size(); ++i) {
        latency[fmt::format("{:g}", Summary::kQuantiles[i])] = summary.latency[i];
    }
    return {{"bytes", object_bytes},
            {"broadcasts", summary.broadcasts},
            {"complete", summary.complete},
            {"coverage", summary.coverage},
            {"least_coverage", summary.least_coverage},
            {"mean_hops", summary.mean_hops},
            {"hops", summary.hops},
            {"latency_ms", latency},
            {"received_bytes", summary.received},
            {"superfluous_bytes", summary.superfluous},
            {"received_datagrams", summary.datagrams},
            {"most_sent_bytes", summary.most_sent},
            {"origin_sent_bytes", summary.origin_sent}};
}

std::string text_of(const char* when, const TableSummary& tables) {
    return fmt::format("tables {}: {:.1f} nodes ({} to {}), {:.1f} % of them gone, {:.2f} % of the parts unreachable\n",
                       when, tables.nodes, tables.fewest, tables.most, 100 * tables.silent, 100 * tables.unreachable);
}

}  // namespace

std::string to_json(const Wishes& wishes, const Outcome& outcome) {
    Json out{{"way", name_of(wishes.spreading)},
             {"nodes", wishes.nodes},
             {"seed", wishes.seed},
             {"loss", wishes.links.loss},
             {"silent", wishes.silent},
             {"churn", wishes.churn},
             {"after_seconds", in_seconds(wishes.after)},
             {"check_seconds", in_seconds(wishes.check)},
             {"uplink", wishes.links.uplink}};
    if (wishes.spreading == Spreading::flood) out["degree"] = wishes.degree;
    if (wishes.spreading == Spreading::gossip) out["fanout"] = wishes.fanout;
    if (wishes.is_coded) out["coded"] = true;
    if (wishes.is_reliable) out["reliable"] = true;
    if (wishes.far_first) out["far_first"] = true;
    if (outcome.joined) out["tables_joined"] = json_of(*outcome.joined);
    if (outcome.tables) out["tables"] = json_of(*outcome.tables);
    if (outcome.joining) out["joining"] = json_of(*outcome.joining);
    if (outcome.idle) out["idle"] = json_of(*outcome.idle);
    if (wishes.spreading == Spreading::overlay) out["most_incomplete_bytes"] = outcome.most_incomplete_bytes;
    out["runs"] = Json::array();
    for (const auto& size : outcome.sizes) out["runs"].push_back(json_of(size.object_bytes, size.summary));
    return out.dump() + "\n";
}

std::string to_text(const Wishes& wishes, const Outcome& outcome) {
    std::string out =
        fmt::format("{}, {} nodes, {:g} % loss, {:g} % of the nodes silent, {:g} % leaving in a minute, seed {}\n",
                    name_of(wishes.spreading), wishes.nodes, 100 * wishes.links.loss, 100 * wishes.silent,
                    100 * wishes.churn, wishes.seed);
    if (outcome.joined) out += text_of("when all have joined", *outcome.joined);
    if (outcome.tables && (wishes.silent > 0 || wishes.churn > 0))
        out += text_of("before the broadcasts", *outcome.tables);
    if (outcome.joining && outcome.idle) {
        out += fmt::format(
            "control packets, per node and second: {:.1f} while joining, {:.1f} ({:.0f} bytes) after that\n",
            outcome.joining->packets, outcome.idle->packets, outcome.idle->bytes);
    }
    out += fmt::format("{:>9} {:>12} {:>9} {:>6} {:>8} {:>8} {:>8} {:>11} {:>11} {:>11}\n", "bytes", "reached", "least",
                       "hops", "p50 ms", "p99 ms", "max ms", "received B", "superfl. B", "most sent B");
    for (const auto& [bytes, summary] : outcome.sizes) {
        const auto latency = [&](std::size_t i) { return summary.latency.empty() ? 0.0 : summary.latency[i]; };
        out += fmt::format(
            "{:>9} {:>10.4f} % {:>7.2f} % {:>6.2f} {:>8.0f} {:>8.0f} {:>8.0f} {:>11.0f} {:>11.0f} {:>11.0f}\n", bytes,
            100 * summary.coverage, 100 * summary.least_coverage, summary.mean_hops, latency(2), latency(5), latency(6),
            summary.received, summary.superfluous, summary.most_sent);
    }
    return out;
}

}  // namespace dusk::sim
