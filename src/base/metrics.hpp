// Counters, gauges and histograms. Changing one is lock-free; their owner registers them once and keeps the reference.
//
//     Counter& accepted = metrics.counter("dusk_blocks_accepted_total", "Blocks added to the chain");
//     accepted.add();
//
// A snapshot holds all values for export (Prometheus text comes with the HTTP server).
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace dusk {

// Only grows.
class Counter {
  public:
    void add(std::uint64_t amount = 1) { value_.fetch_add(amount, std::memory_order_relaxed); }
    [[nodiscard]] std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

  private:
    std::atomic<std::uint64_t> value_{0};
};

// Goes up and down.
class Gauge {
  public:
    void set(std::int64_t value) { value_.store(value, std::memory_order_relaxed); }
    void add(std::int64_t amount) { value_.fetch_add(amount, std::memory_order_relaxed); }
    [[nodiscard]] std::int64_t value() const { return value_.load(std::memory_order_relaxed); }

  private:
    std::atomic<std::int64_t> value_{0};
};

// How often a value fell into each range.
class Histogram {
  public:
    struct Values {
        std::vector<double> bounds;          // ascending upper bounds, inclusive
        std::vector<std::uint64_t> buckets;  // one per bound, and one for what lies above; not cumulative
        double sum = 0;
    };

    explicit Histogram(std::vector<double> bounds);
    // Finite values only: others are not counted.
    void observe(double value);
    [[nodiscard]] Values values() const;

  private:
    std::vector<double> bounds_;
    std::vector<std::atomic<std::uint64_t>> buckets_;
    std::atomic<double> sum_{0};
};

// Names and values, in the order of names. Values come from small fixed sets: every combination is kept for ever.
using MetricLabels = std::map<std::string, std::string>;

struct MetricSample {
    MetricLabels labels;
    std::variant<std::uint64_t, std::int64_t, Histogram::Values> value;  // of a counter, gauge, histogram
};
struct MetricFamily {
    std::string name;
    std::string help;
    std::vector<MetricSample> samples;
};

class MetricsRegistry {
  public:
    // The metric of this name and these labels, made at the first call; the reference lives as long as the registry.
    // Names are [a-zA-Z_:][a-zA-Z0-9_:]*, label names [a-zA-Z_][a-zA-Z0-9_]*. A wrong name, or a name that is taken by
    // another kind of metric, is a mistake of the program and throws std::logic_error.
    Counter& counter(const std::string& name, std::string_view help, const MetricLabels& labels = {});
    Gauge& gauge(const std::string& name, std::string_view help, const MetricLabels& labels = {});
    // `bounds`: ascending; only those of the first call for a name count.
    Histogram& histogram(const std::string& name, std::string_view help, const std::vector<double>& bounds,
                         const MetricLabels& labels = {});

    // All families by name, all samples by labels. Each value is read once; values may be of slightly different times.
    [[nodiscard]] std::vector<MetricFamily> snapshot() const;

  private:
    using Metric = std::variant<std::unique_ptr<Counter>, std::unique_ptr<Gauge>, std::unique_ptr<Histogram>>;
    struct Family {
        std::string help;
        std::vector<double> bounds;
        std::map<MetricLabels, Metric> metrics;
    };
    template <class T, class Make>
    T& find_or_make(const std::string& name, std::string_view help, const MetricLabels& labels, Make&& make);

    mutable std::mutex mutex_;
    std::map<std::string, Family> families_;
};

}  // namespace dusk
