// Makes spans of what a program does and gives them to an exporter.
#pragma once

#include "base/clock.hpp"
#include "base/random.hpp"
#include "telemetry/span_exporter.hpp"

namespace dusk::telemetry {

class Tracer;

// Work under way: a span when it is destroyed, at the latest.
class RunningSpan {
  public:
    RunningSpan(const RunningSpan&) = delete;
    RunningSpan& operator=(const RunningSpan&) = delete;
    ~RunningSpan();

    void set(std::string_view key, Span::Value value) { span_.attributes.emplace_back(key, std::move(value)); }
    void set_failed() { span_.has_failed = true; }
    [[nodiscard]] const TraceContext& context() const { return span_.context; }

  private:
    friend Tracer;
    RunningSpan(Tracer& tracer, Span span, MonotonicTime begin)
        : tracer_(tracer), span_(std::move(span)), begin_(begin) {}

    Tracer& tracer_;
    Span span_;
    MonotonicTime begin_;
};

// All of it may be used from several threads. What is passed by reference outlives it.
class Tracer {
  public:
    Tracer(SpanExporter& exporter, const Clock& clock, RandomSource& random)
        : exporter_(exporter), clock_(clock), random_(random) {}

    // Part of the work that `parent` names; without one, a trace of its own.
    [[nodiscard]] RunningSpan begin(std::string name, Span::Kind kind, const std::optional<TraceContext>& parent = {});
    // One that has just ended; its trace, name and attributes are there.
    void add(Span span, std::chrono::nanoseconds took);

  private:
    friend RunningSpan;
    void end(Span span, MonotonicTime begin);

    SpanExporter& exporter_;
    const Clock& clock_;
    RandomSource& random_;
};

}  // namespace dusk::telemetry
