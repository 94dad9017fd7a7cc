// POST /on/prover/prove: a node that has a prover (`dusk prover`) hands it on and answers what it answers
// (spec/interfaces.md §3). Without one it is 501.
#pragma once

#include <boost/asio/ip/tcp.hpp>

#include "rpc/route_table.hpp"

namespace dusk::rpc {

void add_prover_routes(RouteTable& table, std::optional<boost::asio::ip::tcp::endpoint> prover);

}  // namespace dusk::rpc
