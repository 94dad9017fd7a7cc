// Calls of contracts that change nothing, on the state of the last block (spec/interfaces.md §4). They run on a thread
// of their own, one after the other; what they may take is bounded by gas and by the size of the answer.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <set>

#include "ledger/quantities.hpp"
#include "node/job_thread.hpp"
#include "rpc/http.hpp"
#include "vm/session.hpp"

namespace dusk::rpc {

struct ContractQueryLimits {
    ledger::Gas gas{3'000'000'000};
    ledger::Gas feeder_gas{3'000'000'000};
    std::size_t answer = std::size_t{64} << 20;  // bytes
    std::size_t waiting = 12;                    // queries at once, the running one included; more are answered 429
};

class ContractQueries {
  public:
    // `loop` outlives this; all calls are made on it.
    ContractQueries(const ContractQueryLimits& limits, boost::asio::io_context& loop)
        : limits_(limits), loop_(loop), thread_(loop) {}

    // The body of the request is the argument. With a header `Rusk-Feeder` the answer is what the contract feeds, one
    // after the other, else what it returns. 400: the function feeds and nobody asked for that; 500: the call fails.
    [[nodiscard]] boost::asio::awaitable<HttpResponse> run(std::unique_ptr<vm::Session> session,
                                                           const vm::ContractId& contract, std::string function,
                                                           const HttpRequest& request);
    // Queries that wait are answered 503; the running one is finished first.
    void stop();

  private:
    struct Query;

    ContractQueryLimits limits_;
    boost::asio::io_context& loop_;
    std::set<std::shared_ptr<Query>> open_;
    bool stopped_ = false;
    node::JobThread thread_;
};

}  // namespace dusk::rpc
