#include "base/metrics.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace dusk {
namespace {

bool is_name(std::string_view name, std::string_view more) {
    const auto letter = [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || more.find(c) != std::string_view::npos;
    };
    return !name.empty() && letter(name.front()) &&
           std::ranges::all_of(name, [&](char c) { return letter(c) || (c >= '0' && c <= '9'); });
}

}  // namespace

Histogram::Histogram(std::vector<double> bounds) : bounds_(std::move(bounds)), buckets_(bounds_.size() + 1) {
    if (!std::ranges::is_sorted(bounds_, std::less_equal<>())) throw std::logic_error("histogram bounds must ascend");
}

void Histogram::observe(double value) {
    if (!std::isfinite(value)) return;
    const auto bucket = std::ranges::lower_bound(bounds_, value) - bounds_.begin();
    buckets_[static_cast<std::size_t>(bucket)].fetch_add(1, std::memory_order_relaxed);
    sum_.fetch_add(value, std::memory_order_relaxed);
}

Histogram::Values Histogram::values() const {
    Values out{.bounds = bounds_, .buckets = {}, .sum = sum_.load(std::memory_order_relaxed)};
    for (const auto& bucket : buckets_) out.buckets.push_back(bucket.load(std::memory_order_relaxed));
    return out;
}

template <class T, class Make>
T& MetricsRegistry::find_or_make(const std::string& name, std::string_view help, const MetricLabels& labels,
                                 Make&& make) {
    if (!is_name(name, "_:")) throw std::logic_error("not a metric name: " + name);
    for (const auto& [label, value] : labels) {
        if (!is_name(label, "_")) throw std::logic_error("not a label name: " + label);
    }
    const std::scoped_lock lock(mutex_);
    auto [family, is_new] = families_.try_emplace(name);
    if (is_new) {
        family->second.help = help;
    } else if (!std::holds_alternative<std::unique_ptr<T>>(family->second.metrics.begin()->second)) {
        throw std::logic_error("a metric of another kind has the name " + name);
    }
    auto metric = family->second.metrics.find(labels);
    if (metric == family->second.metrics.end()) {
        metric = family->second.metrics.emplace(labels, make(family->second)).first;
    }
    return *std::get<std::unique_ptr<T>>(metric->second);
}

Counter& MetricsRegistry::counter(const std::string& name, std::string_view help, const MetricLabels& labels) {
    return find_or_make<Counter>(name, help, labels, [](Family&) { return std::make_unique<Counter>(); });
}

Gauge& MetricsRegistry::gauge(const std::string& name, std::string_view help, const MetricLabels& labels) {
    return find_or_make<Gauge>(name, help, labels, [](Family&) { return std::make_unique<Gauge>(); });
}

Histogram& MetricsRegistry::histogram(const std::string& name, std::string_view help, const std::vector<double>& bounds,
                                      const MetricLabels& labels) {
    const Histogram check(bounds);  // before anything is registered
    return find_or_make<Histogram>(name, help, labels, [&](Family& family) {
        if (family.metrics.empty()) family.bounds = bounds;
        return std::make_unique<Histogram>(family.bounds);
    });
}

std::vector<MetricFamily> MetricsRegistry::snapshot() const {
    const std::scoped_lock lock(mutex_);
    std::vector<MetricFamily> out;
    for (const auto& [name, family] : families_) {
        MetricFamily copy{.name = name, .help = family.help, .samples = {}};
        for (const auto& [labels, metric] : family.metrics) {
            MetricSample sample{.labels = labels, .value = {}};
            if (const auto* counter = std::get_if<std::unique_ptr<Counter>>(&metric)) {
                sample.value = (*counter)->value();
            } else if (const auto* gauge = std::get_if<std::unique_ptr<Gauge>>(&metric)) {
                sample.value = (*gauge)->value();
            } else {
                sample.value = std::get<std::unique_ptr<Histogram>>(metric)->values();
            }
            copy.samples.push_back(std::move(sample));
        }
        out.push_back(std::move(copy));
    }
    return out;
}

}  // namespace dusk
