// The counters of a node in the text form of Prometheus; docs/operate/network.md says what they mean.
#pragma once

#include <string>

#include "node/node.hpp"

namespace dusk::rpc {

[[nodiscard]] std::string node_metrics(const node::NodeStatus& status);

}  // namespace dusk::rpc
