// A piece of work that was done, and when: what OpenTelemetry calls a span.
#pragma once

#include <span>
#include <utility>
#include <variant>
#include <vector>

#include "telemetry/trace_context.hpp"

namespace dusk::telemetry {

struct Span {
    enum class Kind : std::uint8_t { internal = 1, server = 2 };  // numbers of the protocol
    using Value = std::variant<std::string, std::int64_t>;

    std::string name{};
    Kind kind = Kind::internal;
    TraceContext context{};
    SpanId parent{};          // zeros: none
    std::uint64_t begin = 0;  // nanoseconds since 1970
    std::uint64_t end = 0;
    std::vector<std::pair<std::string, Value>> attributes{};
    bool has_failed = false;
};

// A request of OTLP over HTTP, as JSON (opentelemetry-proto 1.x, ExportTraceServiceRequest). `service` names the
// program for whoever looks at the spans. Bytes that are not UTF-8 are replaced.
[[nodiscard]] std::string otlp_json(std::string_view service, std::span<const Span> spans);

}  // namespace dusk::telemetry
