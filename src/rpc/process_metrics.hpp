// What a process takes of the machine, in the text form of Prometheus, by the names that its client libraries use.
#pragma once

#include <string>

#include "node/process_use.hpp"

namespace dusk::rpc {

[[nodiscard]] std::string process_metrics(const node::ProcessUse& use);
// Of this process; empty where the system does not tell.
[[nodiscard]] std::string process_metrics();

}  // namespace dusk::rpc
