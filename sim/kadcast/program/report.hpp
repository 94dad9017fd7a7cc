// What a run says of itself.
#pragma once

#include <string>

#include "sim/kadcast/experiment.hpp"

namespace dusk::sim {

[[nodiscard]] std::string to_text(const Wishes& wishes, const Outcome& outcome);
// One object on one line.
[[nodiscard]] std::string to_json(const Wishes& wishes, const Outcome& outcome);

}  // namespace dusk::sim
