// The routes of a proving process (spec/interfaces.md §3, spec/plonk.md §12):
//
//     POST /on/prover/prove   the bytes of a circuit with its witness; answers the 1008 bytes of the proof
//     GET  /health            200 when every key is ready, else 503
//     GET  /status            the queue and the keys, JSON
//     GET  /metrics           for Prometheus
//
// Besides the errors of every route: 400 malformed request, 500 the statement is false or the prover failed, 503 with
// Retry-After when the queue is full or the keys are being made.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <string>

#include "rpc/http.hpp"
#include "rpc/proving_queue.hpp"

namespace dusk::rpc {

struct KeyProgress {
    std::string name;   // of the circuit
    std::string state;  // "waiting", "making", "ready", "failed: ..."
    bool ready = false;
};

class ProverService {
  public:
    // All of them outlive the service. `keys` may be called at any time.
    ProverService(ProvingQueue& queue, const MetricsRegistry& metrics, std::function<std::vector<KeyProgress>()> keys)
        : queue_(queue), metrics_(metrics), keys_(std::move(keys)) {}

    [[nodiscard]] boost::asio::awaitable<HttpResponse> handle(HttpRequest request);
    // The path where it is one of those above, else nothing.
    [[nodiscard]] static std::string_view route_of(std::string_view path);

  private:
    [[nodiscard]] boost::asio::awaitable<HttpResponse> prove(HttpRequest request);
    [[nodiscard]] HttpResponse health() const;
    [[nodiscard]] HttpResponse status() const;

    ProvingQueue& queue_;
    const MetricsRegistry& metrics_;
    std::function<std::vector<KeyProgress>()> keys_;
};

}  // namespace dusk::rpc
