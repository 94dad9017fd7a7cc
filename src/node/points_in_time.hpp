// Points in time as people write them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace dusk::node {

// "2026-11-30T09:12:15Z", RFC 3339 in UTC and whole seconds, from 1970 to 9999: unix seconds.
[[nodiscard]] std::optional<std::uint64_t> parse_point_in_time(std::string_view text);

}  // namespace dusk::node
