// `dusk devnet load`: transfers between the test wallets of a devnet that runs, followed until they are final.
#pragma once

#include "app/outcome.hpp"

namespace dusk::app {

struct DevnetLoad {
    std::filesystem::path folder = "dusk-devnet";
    std::size_t count = 100;    // transfers
    std::size_t blocks = 0;     // it ends sooner when so many final blocks in a row had transactions; 0: not
    double rate = 10;           // of them a second
    bool in_turn = false;       // instead: each when the one before is final
    std::size_t accounts = 10;  // test wallets that take part
    unsigned patience = 120;    // seconds that the last one may take
};

// Each transfer goes to one of the nodes in turn. Reports how many were final and refused, and p50 and p99 of the time
// from sending to final. Errors: not_running; lost (a transfer was neither final nor refused in time); imbalance (an
// account does not hold what the transfers leave it with).
[[nodiscard]] CommandResult load_devnet(const DevnetLoad& command);

}  // namespace dusk::app
