// Clients: they send transfers and change stakes, and some of what they hand in is wrong on purpose.
#pragma once

#include <vector>

#include "node/core_actions.hpp"
#include "sim/draws.hpp"
#include "sim/model_ledger.hpp"

namespace dusk::sim {

class Workload {
  public:
    static constexpr std::size_t kClients = 6;

    // `provisioners`: keys of those that may change their stakes, by number of `sim_key`.
    Workload(std::uint64_t seed, std::size_t first_client_key, std::vector<std::size_t> provisioners);

    // Gives everybody something to spend.
    void fund(ModelLedger& genesis) const;
    // The next transaction. `state`: what the client finds at the node it asks, by which it corrects its nonce.
    [[nodiscard]] ledger::LedgerTransaction next(const ModelLedger& state);
    [[nodiscard]] std::chrono::nanoseconds pause(double a_second) {
        return draws_.waiting(std::chrono::nanoseconds(static_cast<std::int64_t>(1e9 / a_second)));
    }

  private:
    struct Client {
        std::size_t key;
        bool provisioner = false;
        std::uint64_t nonce = 0;  // last used
    };

    Draws draws_;
    std::vector<Client> clients_;
};

}  // namespace dusk::sim
