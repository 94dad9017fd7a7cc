// Keys of the simulated provisioners and clients: real points, the same in every simulation, made once.
#pragma once

#include <cstddef>
#include <deque>

#include "crypto/bls_signature.hpp"

namespace dusk::sim {

struct SimKey {
    crypto::BlsSecretKey secret;
    crypto::BlsPublicKey key;
};

// Valid until the process ends. For one thread. About 0.3 ms for a number that was not asked for before.
[[nodiscard]] const SimKey& sim_key(std::size_t number);

}  // namespace dusk::sim
