// `dusk devnet faucet`: pays out of the faucet of a devnet that runs, in public or to a shielded address.
#pragma once

#include "app/outcome.hpp"
#include "base/executor.hpp"
#include "base/random.hpp"

namespace dusk::app {

struct DevnetFaucet {
    std::filesystem::path folder = "dusk-devnet";
    std::string address{};        // base58: a public account or a shielded address
    std::string amount = "1000";  // DUSK
    unsigned patience = 120;      // seconds until it is final
};

// Waits until the payment is final. What was paid lately is kept in the folder, so that the limits (faucet_book.hpp)
// hold across commands; one pays at a time. To a shielded address notes pay: the first time that takes half a minute
// for the prover key. Errors: usage, not_running, no_faucet, faucet_limit (with `retry_after` in seconds), refused,
// insufficient_funds, no_prover, no_answer, not_final, file_*.
[[nodiscard]] CommandResult pay_from_faucet(const DevnetFaucet& command, RandomSource& random, Executor& executor);

}  // namespace dusk::app
