// dusk-sim: `./dev sim`.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <thread>

#include "sim/runner.hpp"

namespace {

// "7" or "1..2000".
bool read_range(const std::string& text, std::uint64_t& first, std::uint64_t& last) {
    try {
        const auto dots = text.find("..");
        std::size_t end = 0;
        first = std::stoull(text, &end);
        if (dots == std::string::npos) {
            last = first;
            return end == text.size();
        }
        if (end != dots) return false;
        last = std::stoull(text.substr(dots + 2), &end);
        return end == text.size() - dots - 2 && first <= last;
    } catch (const std::exception&) {
        return false;
    }
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app("Runs the node's own code in simulated networks, and looks whether what must hold holds.");
    dusk::sim::RunWishes wishes;
    std::string seeds = "1..20";
    std::size_t nodes = 0;
    std::int64_t minutes = 10;
    std::string scenario;
    bool list = false;
    wishes.processes = std::max(1U, std::thread::hardware_concurrency());
    app.add_option("--seeds", seeds, "which: 7, or 1..2000")->capture_default_str();
    app.add_option("--nodes", nodes, "so many; else drawn from 4 to 20")->check(CLI::Range(4, 1000));
    app.add_option("--minutes", minutes, "simulated, with faults; then follow those until the network has recovered")
        ->check(CLI::Range(1, 100'000))
        ->capture_default_str();
    app.add_option("--scenario", scenario, "a written plan instead of drawn ones");
    app.add_flag("--list", list, "names the scenarios");
    app.add_flag("--real-bls", wishes.plan.real_signatures, "BLS signatures instead of keyed hashes");
    app.add_option("--processes", wishes.processes, "that run seeds at once")->check(CLI::Range(1, 64));
    app.add_option("--failures", wishes.most_failures, "after so many no more seeds are begun")->capture_default_str();
    app.add_option("--trace", wishes.trace_file, "of a single seed: writes down all that happens");
    CLI11_PARSE(app, argc, argv);

    if (list) {
        for (const auto& one : dusk::sim::scenarios()) fmt::print("{:<28} {}\n", one.name, one.what);
        return 0;
    }
    if (!read_range(seeds, wishes.first, wishes.last)) {
        fmt::print(stderr, "dusk-sim: --seeds is a number or a range like 1..2000\n");
        return 2;
    }
    if (!wishes.trace_file.empty() && wishes.first != wishes.last) {
        fmt::print(stderr, "dusk-sim: --trace is for a single seed\n");
        return 2;
    }
    if (nodes != 0) wishes.plan.nodes = nodes;
    wishes.plan.minutes = std::chrono::minutes(minutes);
    if (!scenario.empty()) {
        wishes.scenario = dusk::sim::scenario_named(scenario);
        if (wishes.scenario == nullptr) {
            fmt::print(stderr, "dusk-sim: no scenario {}; --list names them\n", scenario);
            return 2;
        }
    }
    return dusk::sim::run_seeds(wishes);
}
