// The table [kadcast] of a configuration (docs/operate/network.md).
#pragma once

#include "node/config_section.hpp"

namespace dusk::node {

// All of it but `kadcast_id`, which the caller has asked for.
void read_kadcast(Section& kadcast, KadcastSettings& out);

}  // namespace dusk::node
