// What the last state says, for explorers; an archive is not needed:
//
//     GET /contracts/ID     owner, code, size, balance and driver of a contract
//     GET /supply           what is staked, what rewards wait, what was emitted and burnt
#pragma once

#include "rpc/drivers/driver_shelf.hpp"
#include "rpc/route_table.hpp"
#include "rpc/routes/node_parts.hpp"

namespace dusk::rpc {

class StateRoutes {
  public:
    // All outlive it.
    StateRoutes(const NodeParts& parts, DriverShelf& drivers) : parts_(parts), drivers_(drivers) {}

    // They refer to this.
    void add_to(RouteTable& table);

  private:
    [[nodiscard]] boost::asio::awaitable<HttpResponse> contract(RouteRequest request);
    [[nodiscard]] boost::asio::awaitable<HttpResponse> supply(RouteRequest request);

    NodeParts parts_;
    DriverShelf& drivers_;
};

}  // namespace dusk::rpc
