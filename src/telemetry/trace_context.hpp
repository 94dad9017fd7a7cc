// Which trace a piece of work belongs to, as requests say it in their header `traceparent` (W3C Trace Context, level
// 1).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"

namespace dusk::telemetry {

using TraceId = ByteArray<16>;  // not all zero
using SpanId = ByteArray<8>;    // not all zero, but where it stands for none

struct TraceContext {
    TraceId trace{};
    SpanId span{};
    bool is_sampled = true;  // whether spans are to be kept
};

// Nothing: it is none. Versions after 00 are read as far as 00 goes, as the standard says. O(1).
[[nodiscard]] std::optional<TraceContext> parse_traceparent(std::string_view text);
// 55 letters, version 00.
[[nodiscard]] std::string to_traceparent(const TraceContext& context);

}  // namespace dusk::telemetry
