// `dusk node doctor`: whether everything that a node needs is in order, before it starts or while it runs.
#pragma once

#include "app/node_settings.hpp"

namespace dusk::app {

// Keys, clock, ports, disk, versions, the first state, stake. Changes nothing. The exit status is that of failure when
// one of them keeps a node from working. Errors: those of load_node_config; unhealthy (with the findings).
[[nodiscard]] CommandResult examine_node(const NodeOptions& options);

}  // namespace dusk::app
