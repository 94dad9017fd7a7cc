#include "app/telemetry.hpp"

namespace dusk::app {

struct Telemetry::Parts {};

Telemetry::Telemetry(std::string_view /*service*/, const std::string& collector, const Clock& /*clock*/,
                     Logger logger) {
    if (collector.empty()) return;
    logger.warn("this program makes no spans: telemetry.otlp_endpoint is for one that was built with DUSK_TELEMETRY");
}
Telemetry::~Telemetry() = default;

rpc::HttpServer::Handler Telemetry::traced(rpc::HttpServer::Handler handler, RouteOf /*route_of*/) { return handler; }

rpc::ProvingQueue::Prove Telemetry::traced(rpc::ProvingQueue::Prove prove) { return prove; }

}  // namespace dusk::app
