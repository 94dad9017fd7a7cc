// The faucet of a devnet over HTTP, as a node of it serves it: GET and POST /faucet (docs/operate/devnet.md).
//
// The key is not in the node: each payment is a `dusk devnet faucet`, which reads the phrase and the book of payments
// in the devnet's folder, so that the limits hold for all nodes and commands together, and takes its proof's memory
// with it.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <filesystem>
#include <optional>

#include "app/child_process.hpp"
#include "base/log.hpp"
#include "rpc/http.hpp"

namespace dusk::app {

// On the loop, which outlives it.
class FaucetService {
  public:
    FaucetService(boost::asio::io_context& loop, std::filesystem::path folder, Logger logger)
        : loop_(loop),
          folder_(std::move(folder)),
          logger_(std::move(logger)),
          turn_(loop, boost::asio::steady_timer::time_point::max()) {}
    FaucetService(const FaucetService&) = delete;
    FaucetService& operator=(const FaucetService&) = delete;
    ~FaucetService() = default;

    // GET: what it pays, {"amount", "to_one", "to_all"} in DUSK and "window" in seconds. POST: pays, and answers when
    // the payment is final, with {"to", "value" (lux), "public", "transaction", "height"}. Errors are {"error",
    // "code"}: 400 (the request), 429 (a limit, with Retry-After where it helps to wait), 503 (the devnet does not take
    // it now), 500.
    [[nodiscard]] boost::asio::awaitable<rpc::HttpResponse> answer(rpc::HttpRequest request);
    // A payment under way is given up by its requester; the network may have it already.
    void stop();

  private:
    struct Payment {
        std::string address{};
        std::string amount{};
    };
    [[nodiscard]] static std::optional<rpc::HttpResponse> read(const rpc::HttpRequest& request, Payment& out);
    [[nodiscard]] boost::asio::awaitable<rpc::HttpResponse> pay(const Payment& payment);

    boost::asio::io_context& loop_;
    std::filesystem::path folder_;
    Logger logger_;
    boost::asio::steady_timer turn_;  // who waits for his turn is woken by it
    std::size_t waiting_ = 0;
    bool is_paying_ = false;
    bool stopped_ = false;
};

}  // namespace dusk::app
