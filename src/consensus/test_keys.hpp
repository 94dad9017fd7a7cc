// Provisioners for tests: keys that are the same in every run, in the order of their bytes.
#pragma once

#include <algorithm>
#include <vector>

#include "crypto/bls_signature.hpp"
#include "crypto/chacha_rng.hpp"
#include "ledger/block_names.hpp"

namespace dusk::consensus {

struct TestKey {
    crypto::BlsSecretKey secret;
    crypto::BlsPublicKey key = secret.public_key();
    ledger::KeyBytes bytes{key.to_bytes()};

    [[nodiscard]] ledger::SignatureBytes sign(ByteView message) const {
        return {secret.sign_multisig(key, message).to_bytes()};
    }
};

[[nodiscard]] inline std::vector<TestKey> test_keys(std::size_t count) {
    crypto::ChaChaRng random(7);
    std::vector<TestKey> out;
    for (std::size_t i = 0; i < count; ++i) out.push_back({crypto::BlsSecretKey::random(random)});
    std::ranges::sort(out, {}, &TestKey::bytes);
    return out;
}

}  // namespace dusk::consensus
