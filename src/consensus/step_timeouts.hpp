// How long a step is waited for (spec/consensus.md §9). Local policy: nodes need not agree.
#pragma once

#include <chrono>
#include <optional>
#include <span>

#include "consensus/rules.hpp"

namespace dusk::consensus {

// Of a step in a new round, by the times it took last: their mean, rounded up to a whole second, between `least` and
// 40 s. Without a record 40 s, of an empty one `least`.
[[nodiscard]] std::chrono::seconds base_timeout(const std::optional<std::span<const std::chrono::milliseconds>>& took,
                                                std::chrono::seconds least = kLeastStepTimeout);

// After the step ran out of time in this round: 2 s more, at most 40 s.
[[nodiscard]] std::chrono::milliseconds increased_timeout(std::chrono::milliseconds timeout);

}  // namespace dusk::consensus
