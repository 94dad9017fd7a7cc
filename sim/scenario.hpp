// Plans that are written down: each shows one thing that the network must survive.
#pragma once

#include <span>
#include <string_view>

#include "sim/plan.hpp"

namespace dusk::sim {

struct Scenario {
    std::string_view name;
    std::string_view what;  // one sentence, for people
    Plan (*plan)(std::uint64_t seed);
};

[[nodiscard]] std::span<const Scenario> scenarios();
// Null where there is none of the name.
[[nodiscard]] const Scenario* scenario_named(std::string_view name);

}  // namespace dusk::sim
