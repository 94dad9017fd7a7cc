// Whether a node can reach its network, and be reached.
#pragma once

#include <vector>

#include "app/finding.hpp"
#include "node/kadcast_transport.hpp"

namespace dusk::app {

// Addresses, the kernel's buffers, and the bootstrapping nodes: names are looked up, and three nodes asked for a sign
// of life, which takes some seconds where they do not answer.
[[nodiscard]] std::vector<Finding> examine_network(const node::KadcastSettings& settings);

}  // namespace dusk::app
