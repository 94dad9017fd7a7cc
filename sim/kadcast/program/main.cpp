// dusk-sim-kadcast: `./dev sim kadcast`.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <map>

#include "sim/kadcast/program/report.hpp"

namespace {

using dusk::sim::Spreading;

struct Options {
    dusk::sim::Wishes wishes{};
    std::string way = "kadcast";
    bool is_counted = false;
    bool is_json = false;
    double loss = 0, silent = 0, churn = 0, after = 1, settling = 120, check = 2, uplink = 100;
};

// Above so many nodes whole ones are no longer kept, unless asked for.
constexpr std::size_t kWholeNodes = 10'000;

void add_options(CLI::App& app, Options& options) {
    auto& wishes = options.wishes;
    app.add_option("--nodes", wishes.nodes)->check(CLI::Range(2, 1'000'000))->capture_default_str();
    app.add_option("--seed", wishes.seed, "the same seed gives the same run")->capture_default_str();
    app.add_option("--way", options.way, "kadcast, or for comparison flood or gossip")
        ->check(CLI::IsMember({"kadcast", "flood", "gossip"}))
        ->capture_default_str();
    app.add_flag("--counted", options.is_counted,
                 fmt::format("Kadcast with full tables from the start and datagrams that are only counted, as above {} "
                             "nodes; else whole nodes join, and their datagrams have bytes",
                             kWholeNodes));
    app.add_option("--bytes", wishes.object_bytes, "sizes of the objects, separated by commas")
        ->delimiter(',')
        ->check(CLI::Range(1, 10'485'759))
        ->capture_default_str();
    app.add_option("--broadcasts", wishes.broadcasts, "of each size")
        ->check(CLI::Range(1, 10'000))
        ->capture_default_str();
    app.add_option("--loss", options.loss, "percent of the datagrams")
        ->check(CLI::Range(0.0, 99.0))
        ->capture_default_str();
    app.add_option("--silent", options.silent, "percent of the nodes that go away unnoticed before the broadcasts")
        ->check(CLI::Range(0.0, 95.0))
        ->capture_default_str();
    app.add_option("--churn", options.churn,
                   "whole nodes: percent of them that go away unnoticed in each minute; each comes back after a minute "
                   "on average, and starts anew")
        ->check(CLI::Range(0.0, 1000.0))
        ->capture_default_str();
    app.add_option("--after", options.after, "seconds from either's begin to the first broadcast")
        ->capture_default_str();
    app.add_option("--settling", options.settling, "whole nodes: seconds after the last one joined")
        ->capture_default_str();
    app.add_option("--check", options.check, "milliseconds between having an object and passing it on")
        ->capture_default_str();
    app.add_option("--uplink", options.uplink, "megabits a second of each node")
        ->check(CLI::Range(0.1, 100'000.0))
        ->capture_default_str();
    app.add_option("--degree", wishes.degree, "flood: connections that each node opens")->capture_default_str();
    app.add_option("--fanout", wishes.fanout, "gossip: nodes to which each passes it on")->capture_default_str();
    app.add_flag("--coded", wishes.is_coded, "flood, gossip: with the datagrams of Kadcast, repair symbols and all");
    app.add_flag("--reliable", wishes.is_reliable, "flood, gossip: what is lost is sent again, as by TCP");
    app.add_flag("--far-first", wishes.far_first, "counted: the largest parts of the network are served first");
    app.add_option("--redundancy", wishes.fec.redundancy, "repair symbols, part of the object")->capture_default_str();
    app.add_option("--least-repair", wishes.fec.least_repair, "repair symbols, at least")->capture_default_str();
    app.add_flag("--json", options.is_json, "for programs");
}

std::chrono::nanoseconds seconds(double number) {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::duration<double>(number));
}

void complete(Options& options) {
    auto& wishes = options.wishes;
    static const std::map<std::string, Spreading> kWays{
        {"kadcast", Spreading::overlay}, {"flood", Spreading::flood}, {"gossip", Spreading::gossip}};
    wishes.spreading = kWays.at(options.way);
    if (wishes.spreading == Spreading::overlay && (options.is_counted || wishes.nodes > kWholeNodes)) {
        wishes.spreading = Spreading::counted;
    }
    wishes.links.loss = options.loss / 100;
    wishes.links.uplink = options.uplink * 1e6;
    wishes.silent = options.silent / 100;
    wishes.churn = options.churn / 100;
    wishes.after = seconds(options.after);
    wishes.settling = seconds(options.settling);
    wishes.check = seconds(options.check / 1000);
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app("Spreads objects in virtual networks of 2 to 1 000 000 nodes, by the code of the node.");
    Options options;
    add_options(app, options);
    CLI11_PARSE(app, argc, argv);
    complete(options);
    if (options.wishes.churn > 0 && options.wishes.spreading != Spreading::overlay) {
        fmt::print(stderr, "dusk-sim-kadcast: --churn is for whole nodes\n");
        return 2;
    }
    try {
        const auto outcome = dusk::sim::run(options.wishes);
        fmt::print("{}", options.is_json ? dusk::sim::to_json(options.wishes, outcome)
                                         : dusk::sim::to_text(options.wishes, outcome));
        return 0;
    } catch (const std::exception& wrong) {
        fmt::print(stderr, "dusk-sim-kadcast: {}\n", wrong.what());
        return 1;
    }
}
