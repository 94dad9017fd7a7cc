// Random transfers that are true: somebody's notes among those of others in a tree, paid to somebody else.
#pragma once

#include "crypto/chacha_rng.hpp"
#include "phoenix/transfer_request.hpp"

namespace dusk::interop {

// 1 <= inputs <= 4. Amounts are 0, small, or up to 2^64 - 1 lux together; notes of both types.
[[nodiscard]] phoenix::TransferRequest random_transfer(std::size_t inputs, crypto::ChaChaRng& random);

}  // namespace dusk::interop
