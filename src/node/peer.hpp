// How nodes name each other: by the address that answers go to.
#pragma once

#include "ledger/inventory.hpp"

namespace dusk::node {

using Peer = ledger::SocketAddress;

}  // namespace dusk::node
