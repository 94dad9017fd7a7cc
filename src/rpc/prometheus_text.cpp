#include "rpc/prometheus_text.hpp"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <limits>

namespace dusk::rpc {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricType;

MetricType set_value(ClientMetric& out, const std::variant<std::uint64_t, std::int64_t, Histogram::Values>& value) {
    if (const auto* count = std::get_if<std::uint64_t>(&value)) {
        out.counter.value = static_cast<double>(*count);
        return MetricType::Counter;
    }
    if (const auto* level = std::get_if<std::int64_t>(&value)) {
        out.gauge.value = static_cast<double>(*level);
        return MetricType::Gauge;
    }
    const auto& histogram = std::get<Histogram::Values>(value);
    std::uint64_t cumulative = 0;
    for (std::size_t i = 0; i < histogram.buckets.size(); ++i) {
        cumulative += histogram.buckets[i];
        ClientMetric::Bucket bucket;
        bucket.cumulative_count = cumulative;
        bucket.upper_bound =
            i < histogram.bounds.size() ? histogram.bounds[i] : std::numeric_limits<double>::infinity();
        out.histogram.bucket.push_back(bucket);
    }
    out.histogram.sample_count = cumulative;
    out.histogram.sample_sum = histogram.sum;
    return MetricType::Histogram;
}

}  // namespace

std::string prometheus_text(const MetricsRegistry& metrics) {
    std::vector<prometheus::MetricFamily> families;
    for (const MetricFamily& family : metrics.snapshot()) {
        prometheus::MetricFamily& out = families.emplace_back();
        out.name = family.name;
        out.help = family.help;
        for (const MetricSample& sample : family.samples) {
            ClientMetric& metric = out.metric.emplace_back();
            for (const auto& [name, value] : sample.labels) metric.label.push_back({name, value});
            out.type = set_value(metric, sample.value);
        }
    }
    return prometheus::TextSerializer().Serialize(families);
}

}  // namespace dusk::rpc
