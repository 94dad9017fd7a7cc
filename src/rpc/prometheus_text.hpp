// The text form of metrics that Prometheus collects.
#pragma once

#include <string>

#include "base/metrics.hpp"

namespace dusk::rpc {

inline constexpr std::string_view kPrometheusType = "text/plain; version=0.0.4; charset=utf-8";

[[nodiscard]] std::string prometheus_text(const MetricsRegistry& metrics);

}  // namespace dusk::rpc
