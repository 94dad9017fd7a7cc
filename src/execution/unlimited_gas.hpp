// What nobody pays for: calls that the protocol makes by itself.
#pragma once

#include <cstdint>
#include <limits>

namespace dusk::execution {

inline constexpr std::uint64_t kUnlimitedGas = std::numeric_limits<std::uint64_t>::max();

}  // namespace dusk::execution
