#include "consensus/step_timeouts.hpp"

#include <algorithm>
#include <numeric>

namespace dusk::consensus {

std::chrono::seconds base_timeout(const std::optional<std::span<const std::chrono::milliseconds>>& took,
                                  std::chrono::seconds least) {
    if (!took) return kMostStepTimeout;
    if (took->empty()) return least;
    const auto sum = std::accumulate(took->begin(), took->end(), std::chrono::milliseconds{0});
    const auto mean = sum / static_cast<std::int64_t>(took->size());
    return std::min(std::max(std::chrono::ceil<std::chrono::seconds>(mean), least), kMostStepTimeout);
}

std::chrono::milliseconds increased_timeout(std::chrono::milliseconds timeout) {
    return std::min<std::chrono::milliseconds>(timeout + kStepTimeoutIncrease, kMostStepTimeout);
}

}  // namespace dusk::consensus
