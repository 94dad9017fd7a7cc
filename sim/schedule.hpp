// Draws plans from seeds.
#pragma once

#include "sim/plan.hpp"

namespace dusk::sim {

struct PlanWishes {
    std::optional<std::size_t> nodes{};  // else 4 to 20
    std::chrono::minutes minutes{10};
    bool real_signatures = false;
};

// Byzantine provisioners have less than a third of the stake, and those that are honest more than two thirds.
[[nodiscard]] Plan draw_plan(std::uint64_t seed, const PlanWishes& wishes);

}  // namespace dusk::sim
