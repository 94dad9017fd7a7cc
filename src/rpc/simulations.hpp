// What executing a transaction would come to, for clients (execution/simulate.hpp), with what contracts take, give back
// and report in JSON where there is a driver.
#pragma once

#include <nlohmann/json.hpp>

#include "execution/simulate.hpp"
#include "rpc/drivers/driver_shelf.hpp"
#include "rpc/query_threads.hpp"
#include "rpc/route_table.hpp"
#include "rpc/routes/node_parts.hpp"

namespace dusk::rpc {

// All calls are made on the loop. What is executed runs on one thread of its own, one after the other: it may take
// seconds, and must not keep others from asking the state.
class Simulations {
  public:
    static constexpr std::size_t kMostWaiting = 16;

    // All outlive it.
    Simulations(const NodeParts& parts, DriverShelf& drivers, const Clock& clock)
        : parts_(parts), drivers_(drivers), clock_(clock), threads_(parts.loop, 1, kMostWaiting) {}

    // POST /simulate. It refers to this.
    void add_to(RouteTable& table);
    // As it would go in the next block; docs/interfaces.md has the form. The error is the answer: 400 for a gas limit
    // beyond that of a block, 429, 500.
    [[nodiscard]] boost::asio::awaitable<Result<nlohmann::ordered_json, HttpResponse>> simulate(
        ledger::Transaction transaction);
    void stop() { threads_.stop(); }

  private:
    [[nodiscard]] boost::asio::awaitable<HttpResponse> answer(RouteRequest request);

    NodeParts parts_;
    DriverShelf& drivers_;
    const Clock& clock_;
    QueryThreads threads_;
};

}  // namespace dusk::rpc
