// dusk-bench AREA [--only TEXT]: JSON of our times, in the oracle's form. `./dev bench AREA` sets both side by side.
// dusk-bench --cpu: the instructions beyond the baseline that the program uses here.
#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <ctime>
#include <nlohmann/json.hpp>

#include "base/cpu.hpp"
#include "harness.hpp"

namespace dusk::bench {
namespace {

struct Entry {
    std::string_view area;
    void (*rows)(Bench&);
};
std::vector<Entry>& entries() {
    static std::vector<Entry> all;
    return all;
}

double cpu_ns() {
    timespec t{};
    if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t) != 0) return 0;
    return static_cast<double>(t.tv_sec) * 1e9 + static_cast<double>(t.tv_nsec);
}
double wall_ns() {
    return std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

Stats stats(std::vector<double> samples) {
    std::ranges::sort(samples);
    return {samples[samples.size() / 2], samples.front(), samples.back()};
}

nlohmann::json to_json(const Stats& s) { return {{"median", s.median}, {"min", s.min}, {"max", s.max}}; }

}  // namespace

Registered::Registered(std::string_view area, void (*rows)(Bench&)) { entries().push_back({area, rows}); }

void Bench::run(std::string_view name, std::string_view official, std::uint64_t operations, int samples,
                const std::function<void()>& body) {
    if (!wants(name)) return;
    const double start = wall_ns();
    const double start_cpu = cpu_ns();
    body();
    const double once = wall_ns() - start;
    if (samples == 1) {  // long work: the first time counts
        const double operation = static_cast<double>(operations);
        rows_.push_back({std::string(name), std::string(official), stats({once / operation}),
                         stats({(cpu_ns() - start_cpu) / operation})});
        return;
    }
    const auto repeats = static_cast<std::uint64_t>(std::clamp(std::ceil(2e7 / std::max(once, 1.0)), 1.0, 1e6));
    std::vector<double> wall;
    std::vector<double> cpu;
    for (int sample = 0; sample < samples; ++sample) {
        const double w = wall_ns();
        const double c = cpu_ns();
        for (std::uint64_t i = 0; i < repeats; ++i) body();
        const double per = static_cast<double>(repeats * operations);
        cpu.push_back((cpu_ns() - c) / per);
        wall.push_back((wall_ns() - w) / per);
    }
    rows_.push_back({std::string(name), std::string(official), stats(wall), stats(cpu)});
}

void Bench::run_each(std::string_view name, std::string_view official, int samples,
                     const std::function<void()>& prepare, const std::function<void()>& body,
                     std::uint64_t operations) {
    if (!wants(name)) return;
    std::vector<double> wall;
    std::vector<double> cpu;
    for (int sample = 0; sample < samples; ++sample) {
        prepare();
        const double w = wall_ns();
        const double c = cpu_ns();
        body();
        const auto per = static_cast<double>(operations);
        cpu.push_back((cpu_ns() - c) / per);
        wall.push_back((wall_ns() - w) / per);
    }
    rows_.push_back({std::string(name), std::string(official), stats(wall), stats(cpu)});
}

}  // namespace dusk::bench

int main(int argc, char** argv) {
    using namespace dusk::bench;
    std::string area;
    std::string only;
    for (int i = 1; i < argc; ++i) {
        const std::string argument = argv[i];
        if (argument == "--cpu") {
            const dusk::CpuFeatures& features = dusk::cpu_features();
            fmt::print("{}{}\n", features.bmi2_adx ? "bmi2_adx " : "", features.avx512_ifma ? "avx512_ifma" : "");
            return 0;
        }
        if (argument == "--only" && i + 1 < argc) {
            only = argv[++i];
        } else if (!argument.starts_with("-") && area.empty()) {
            area = argument;
        }
    }
    Bench bench(only);
    bool known = false;
    for (const Entry& entry : entries()) {
        if (entry.area != area) continue;
        known = true;
        entry.rows(bench);
    }
    if (!known) {
        fmt::print(stderr, "usage: dusk-bench AREA [--only TEXT]\n");
        return 2;
    }
    nlohmann::json rows = nlohmann::json::array();
    for (const Row& row : bench.rows()) {
        rows.push_back({{"name", row.name},
                        {"official", row.official},
                        {"wall_ns_per_op", to_json(row.wall)},
                        {"cpu_ns_per_op", to_json(row.cpu)}});
    }
    fmt::print("{}\n", rows.dump(1));
    return 0;
}
