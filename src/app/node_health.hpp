// `dusk node health`: asks a running node whether it works, for health checks of containers and for scripts.
#pragma once

#include <string>

#include "app/outcome.hpp"

namespace dusk::app {

struct NodeHealth {
    std::string node = "127.0.0.1:8080";  // its HTTP address
    std::string authorities{};            // file of those that https is trusted by; empty: the system's
    bool ready = false;                   // not only that it works, but that it is in step with the chain
};

// Errors: no_answer, other_program, other_answer, unhealthy, not_ready; each within 5 s.
[[nodiscard]] CommandResult ask_health(const NodeHealth& command);

}  // namespace dusk::app
