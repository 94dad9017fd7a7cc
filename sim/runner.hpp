// Runs many seeds on several processes and says what came of them.
#pragma once

#include <optional>
#include <string>

#include "sim/scenario.hpp"
#include "sim/schedule.hpp"
#include "sim/simulation.hpp"

namespace dusk::sim {

struct RunWishes {
    std::uint64_t first = 1;
    std::uint64_t last = 1;
    PlanWishes plan{};
    const Scenario* scenario = nullptr;  // null: plans are drawn
    unsigned processes = 1;
    std::uint64_t most_failures = 5;  // then no more seeds are begun
    std::string trace_file{};         // of a single seed: all that happens
};

// 0 where nothing was violated. Progress goes to the standard error, the summary to the standard output.
[[nodiscard]] int run_seeds(const RunWishes& wishes);

}  // namespace dusk::sim
