// Where the hours, days, weeks and months of a chart begin and end, in UTC.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace dusk::rpc {

inline constexpr std::size_t kMostBuckets = 1000;

// Of "hour", "day", "week" (from Monday on) or "month": the begin of each from the one that holds `from` to the one
// that holds `to`, and the end of the last; unix seconds. `from` 0: the last 30 of them. The error is a sentence.
[[nodiscard]] Result<std::vector<std::uint64_t>, std::string> chart_times(std::string_view bucket, std::uint64_t from,
                                                                          std::uint64_t to);

}  // namespace dusk::rpc
