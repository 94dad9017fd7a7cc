// interop-vm FILE: plays recorded scenarios of the official VM, one JSON object a line, and compares every step.
//
// A scenario is {"scenario": number, "steps": […]}; a last step on which the official VM died stands in "died". For
// each one a line `scenario N: PASSED, FAILED` goes to the standard output; what differs goes to the standard error.
#include <fmt/core.h>

#include <cstdio>
#include <fstream>
#include <string>

#include "report.hpp"
#include "vm/scenario.hpp"

namespace {

using namespace dusk::vectors;

void play(const Json& json, Report& report) {
    Seen seen;
    const Node root(json, seen, fmt::format("scenario {}", json.value("scenario", 0U)));
    Scenario scenario(report, Recorded::fully);
    bool lost = false;  // a step that cannot be compared: those after it say nothing
    for (const Node& step : root["steps"].items()) {
        if (lost) break;
        const std::size_t failed = report.failed();
        report.run(step, [&] { scenario.play(step); });
        lost = report.failed() > failed;
    }
    if (!lost && root.has("died")) report.run(root["died"], [&] { scenario.survive(root["died"]); });
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        fmt::print(stderr, "usage: interop-vm FILE\n");
        return 2;
    }
    std::ifstream file(argv[1]);
    std::string line;
    bool all_passed = static_cast<bool>(file);
    while (std::getline(file, line)) {
        Report report;
        const Json json = Json::parse(line, nullptr, false);
        if (!json.is_object()) {
            fmt::print(stderr, "interop-vm: not a JSON object\n");
            return 2;
        }
        try {
            play(json, report);
        } catch (const std::exception& error) {
            report.fail_case("scenario", error.what());
        }
        fmt::print("scenario {}: {}, {}\n", json.value("scenario", 0U), report.passed(), report.failed());
        (void)std::fflush(stdout);
        all_passed = all_passed && report.failed() == 0;
    }
    return all_passed ? 0 : 1;
}
