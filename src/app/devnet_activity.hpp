// `dusk devnet activity`: a steady trickle of what people do on a chain, sent to a devnet that runs, so that there is
// something to see.
#pragma once

#include "app/outcome.hpp"

namespace dusk::app {

struct DevnetActivity {
    std::filesystem::path folder = "dusk-devnet";
    double pace = 6;           // seconds from one public transaction to the next, on average
    double private_pace = 60;  // the same of those paid by notes; 0: none
    std::string prover{};      // host:port of who proves them; empty: this process
    std::size_t count = 0;     // ends after so many transactions; 0: when somebody asks it to
};

// The last four test wallets pay each other in public and by notes, shield, unshield, stake, take out, and call a
// contract that the first of them deploys. One line for each transaction. It rests while the last blocks took more
// than twice the devnet's block time, and where a node refuses something it goes on with the next. Until SIGINT or
// SIGTERM. Errors: not_running; no_wallets (the devnet has fewer than two test wallets).
[[nodiscard]] CommandResult run_devnet_activity(const DevnetActivity& command);

}  // namespace dusk::app
