// The header `traceparent`: what is read is written as it was, but for a later version, what that may have behind it,
// and flags that mean nothing yet.
#include "require.hpp"
#include "telemetry/trace_context.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace dusk;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto context = telemetry::parse_traceparent(text);
    if (!context) return 0;
    const std::string written = telemetry::to_traceparent(*context);
    fuzz::require(written.substr(2, 51) == text.substr(2, 51));
    const auto again = telemetry::parse_traceparent(written);
    fuzz::require(again && again->trace == context->trace && again->span == context->span &&
                  again->is_sampled == context->is_sampled);
    return 0;
}
