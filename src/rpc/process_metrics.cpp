#include "rpc/process_metrics.hpp"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <vector>

namespace dusk::rpc {
namespace {

using prometheus::MetricFamily;
using prometheus::MetricType;

MetricFamily family(const char* name, const char* help, MetricType type, double value) {
    prometheus::ClientMetric metric;
    if (type == MetricType::Counter) metric.counter.value = value;
    if (type == MetricType::Gauge) metric.gauge.value = value;
    return {.name = name, .help = help, .type = type, .metric = {std::move(metric)}};
}

}  // namespace

std::string process_metrics(const node::ProcessUse& use) {
    const auto level = [](const char* name, const char* help, std::uint64_t value) {
        return family(name, help, MetricType::Gauge, static_cast<double>(value));
    };
    const double cpu = std::chrono::duration<double>(use.cpu).count();
    return prometheus::TextSerializer().Serialize(
        {family("process_cpu_seconds_total", "CPU time of all threads", MetricType::Counter, cpu),
         level("process_resident_memory_bytes", "Memory that is in RAM", use.resident_bytes),
         level("process_virtual_memory_bytes", "Address space in use", use.virtual_bytes),
         level("process_open_fds", "Open files and sockets", use.open_files),
         level("process_max_fds", "How many there may be", use.most_files),
         level("process_threads", "Threads", use.threads),
         family("process_start_time_seconds", "When the process began, unix time", MetricType::Gauge, use.started)});
}

std::string process_metrics() {
    const auto use = node::process_use();
    return use ? process_metrics(*use) : std::string();
}

}  // namespace dusk::rpc
