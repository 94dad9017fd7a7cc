// Transactions to prove: those of the reference results.
#pragma once

#include "crypto/chacha_rng.hpp"
#include "phoenix/transfer_request.hpp"

namespace dusk::bench {

// Throws std::runtime_error when tests/vectors lacks it.
[[nodiscard]] phoenix::TransferRequest transfer_request(std::size_t inputs);

}  // namespace dusk::bench
