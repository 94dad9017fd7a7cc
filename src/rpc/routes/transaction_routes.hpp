// Transactions that clients hand in (spec/interfaces.md §3):
//
//     POST /on/transactions/propagate   202 when the mempool has it
//     POST /on/transactions/preverify   202 when it would take it; nothing else happens
//     POST /on/transactions/simulate    what executing it on the last state comes to: {"error", "gas-spent"}
#pragma once

#include "rpc/route_table.hpp"
#include "rpc/routes/node_parts.hpp"
#include "rpc/transaction_intake.hpp"

namespace dusk::rpc {

class TransactionRoutes {
  public:
    // `intake` outlives this.
    TransactionRoutes(const NodeParts& parts, TransactionIntake& intake) : parts_(parts), intake_(intake) {}

    // They refer to this.
    void add_to(RouteTable& table);

  private:
    [[nodiscard]] boost::asio::awaitable<HttpResponse> propagate(RouteRequest request);
    [[nodiscard]] boost::asio::awaitable<HttpResponse> preverify(ledger::LedgerTransaction transaction);
    [[nodiscard]] boost::asio::awaitable<HttpResponse> simulate(RouteRequest request);
    [[nodiscard]] boost::asio::awaitable<HttpResponse> other(RouteRequest request);

    NodeParts parts_;
    TransactionIntake& intake_;
};

}  // namespace dusk::rpc
