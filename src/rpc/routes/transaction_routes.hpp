// Transactions that clients hand in (spec/interfaces.md §3):
//
//     POST /on/transactions/propagate   202 when the mempool has it
//     POST /on/transactions/preverify   202 when it would take it; nothing else happens
//     POST /on/transactions/simulate    what executing it on the last state comes to: {"error", "gas-spent"}
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <map>

#include "rpc/route_table.hpp"
#include "rpc/routes/node_parts.hpp"

namespace dusk::rpc {

class TransactionRoutes {
  public:
    explicit TransactionRoutes(const NodeParts& parts) : parts_(parts) {}

    // They refer to this.
    void add_to(RouteTable& table);
    // What the node does tells what became of a transaction.
    void on_action(const node::CoreAction& action);

  private:
    // Somebody who waits for what becomes of a transaction.
    struct Waiter {
        explicit Waiter(boost::asio::io_context& loop) : timer(loop) {}
        boost::asio::steady_timer timer;
        std::string refusal{};  // empty: it was taken
        bool is_decided = false;
    };

    [[nodiscard]] boost::asio::awaitable<HttpResponse> propagate(RouteRequest request);
    [[nodiscard]] boost::asio::awaitable<HttpResponse> preverify(ledger::LedgerTransaction transaction);
    [[nodiscard]] boost::asio::awaitable<HttpResponse> simulate(RouteRequest request);
    [[nodiscard]] boost::asio::awaitable<HttpResponse> other(RouteRequest request);
    // False: it took too long.
    [[nodiscard]] boost::asio::awaitable<bool> wait(Waiter& waiter) const;
    void decide(const ledger::TransactionId& id, const std::string& refusal);

    NodeParts parts_;
    std::multimap<ledger::TransactionId, std::shared_ptr<Waiter>> waiters_;
};

}  // namespace dusk::rpc
