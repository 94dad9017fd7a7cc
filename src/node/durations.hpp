// Durations as people write them: whole numbers with units, "1h 30m".
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace dusk::node {

// "250ms", "3s", "10m", "1h 30m", "3d": at most 10 years together.
[[nodiscard]] std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);
// The same from nanoseconds on, at most a year: "50us", "500ns".
[[nodiscard]] std::optional<std::chrono::nanoseconds> parse_short_duration(std::string_view text);

}  // namespace dusk::node
