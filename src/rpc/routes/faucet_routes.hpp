// GET and POST /faucet, where the node is one of a devnet that serves it. Who pays is not known here.
#pragma once

#include "rpc/route_table.hpp"

namespace dusk::rpc {

using Faucet = std::function<boost::asio::awaitable<HttpResponse>(HttpRequest)>;

void add_faucet_routes(RouteTable& table, Faucet faucet);

}  // namespace dusk::rpc
