#include "consensus/round.hpp"

#include <algorithm>

namespace dusk::consensus {

std::chrono::nanoseconds until(std::uint64_t timestamp, Now now) {
    constexpr std::uint64_t kLatest = std::uint64_t{1} << 40U;  // its milliseconds still fit
    const WallTime time{std::chrono::seconds(std::min(timestamp, kLatest))};
    return std::clamp<std::chrono::milliseconds>(time - now.wall, std::chrono::seconds(0), std::chrono::years(1));
}

}  // namespace dusk::consensus
