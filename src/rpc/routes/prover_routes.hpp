// POST /on/prover/prove: a node that has a prover (`dusk prover`) hands it on and answers what it answers
// (spec/interfaces.md §3). Without one it is 501, or 400 where no prover of this network could prove it.
#pragma once

#include <boost/asio/ip/tcp.hpp>

#include "rpc/query_threads.hpp"
#include "rpc/route_table.hpp"

namespace dusk::rpc {

// Why no prover of this network proves a request, whatever the prover; nothing: one may. Asked on any thread.
using UnprovableReason = std::function<std::optional<std::string>(ByteView request)>;

// `reason` may be empty. `threads` outlive the table.
void add_prover_routes(RouteTable& table, std::optional<boost::asio::ip::tcp::endpoint> prover, UnprovableReason reason,
                       QueryThreads& threads);

}  // namespace dusk::rpc
