// Spans of what a program does, for OpenTelemetry (docs/operate/monitoring.md): of a program that was built for it
// (-DDUSK_TELEMETRY=ON, telemetry/with_spans.cpp). In others everything here gives back what it is given
// (no_telemetry.cpp).
#pragma once

#include <memory>

#include "base/clock.hpp"
#include "rpc/http_server.hpp"
#include "rpc/proving_queue.hpp"

namespace dusk::app {

class Telemetry {
  public:
    // `service`: what collectors call the program. Spans go to the collector that the environment names
    // (OTEL_EXPORTER_OTLP_ENDPOINT), else to `collector`; where both are empty, nowhere. The clock outlives this.
    Telemetry(std::string_view service, const std::string& collector, const Clock& clock, Logger logger);
    Telemetry(const Telemetry&) = delete;
    Telemetry& operator=(const Telemetry&) = delete;
    ~Telemetry();

    // Spans of the work on blocks (node/block_work.hpp) are made as long as this lives. What is returned does not
    // outlive it.

    // `route_of` names the route of a path, empty for none: spans of one route have one name.
    using RouteOf = std::function<std::string(std::string_view path)>;
    [[nodiscard]] rpc::HttpServer::Handler traced(rpc::HttpServer::Handler handler, RouteOf route_of);
    [[nodiscard]] rpc::ProvingQueue::Prove traced(rpc::ProvingQueue::Prove prove);

  private:
    struct Parts;
    std::unique_ptr<Parts> parts_;  // null: there is no collector
};

}  // namespace dusk::app
