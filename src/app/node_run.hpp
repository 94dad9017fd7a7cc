// `dusk node`: a provisioner, or without keys a node that follows.
#pragma once

#include "app/node_settings.hpp"

namespace dusk::app {

// Runs until SIGINT or SIGTERM; SIGHUP reads the levels of the log again. The password of the consensus keys is taken
// from DUSK_CONSENSUS_KEYS_PASS. Errors: those of load_node_config and open_node_folder; listen; damaged; stopped (a
// disk or the memory failed while it ran).
[[nodiscard]] CommandResult run_node(const NodeOptions& options);

}  // namespace dusk::app
