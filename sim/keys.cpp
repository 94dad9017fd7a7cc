#include "sim/keys.hpp"

#include "sim/draws.hpp"

namespace dusk::sim {

const SimKey& sim_key(std::size_t number) {
    static std::deque<SimKey> keys;
    while (keys.size() <= number) {
        Draws draws(keys.size(), "key");
        crypto::BlsSecretKey secret = crypto::BlsSecretKey::random(draws);
        const crypto::BlsPublicKey key = secret.public_key();
        keys.push_back({std::move(secret), key});
    }
    return keys[number];
}

}  // namespace dusk::sim
