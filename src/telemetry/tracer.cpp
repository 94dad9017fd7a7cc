#include "telemetry/tracer.hpp"

namespace dusk::telemetry {

RunningSpan::~RunningSpan() { tracer_.end(std::move(span_), begin_); }

RunningSpan Tracer::begin(std::string name, Span::Kind kind, const std::optional<TraceContext>& parent) {
    Span span{.name = std::move(name), .kind = kind};
    if (parent) {
        span.context.trace = parent->trace;
        span.parent = parent->span;
    } else {
        random_.fill(span.context.trace);
    }
    random_.fill(span.context.span);
    return {*this, std::move(span), clock_.monotonic_time()};
}

void Tracer::add(Span span, std::chrono::nanoseconds took) {
    random_.fill(span.context.span);
    end(std::move(span), clock_.monotonic_time() - took);
}

// The clock that can be set tells when it ended, the other one how long it took.
void Tracer::end(Span span, MonotonicTime begin) {
    using Nanoseconds = std::chrono::nanoseconds;
    const auto now = std::chrono::duration_cast<Nanoseconds>(clock_.wall_time().time_since_epoch());
    const Nanoseconds took = clock_.monotonic_time() - begin;
    span.end = static_cast<std::uint64_t>(now.count());
    span.begin = static_cast<std::uint64_t>((now - took).count());
    exporter_.put(std::move(span));
}

}  // namespace dusk::telemetry
