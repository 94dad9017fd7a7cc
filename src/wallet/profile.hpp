// One profile of a wallet: a shielded address and a public account that belong together (spec/crypto.md §15.1, §16.1).
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "crypto/bls_signature.hpp"
#include "crypto/mnemonic.hpp"
#include "phoenix/keys.hpp"

namespace dusk::wallet {

struct Profile {
    std::uint8_t index;
    phoenix::SecretKey phoenix;
    crypto::BlsSecretKey bls;

    [[nodiscard]] std::string address() const;  // base58 of the Phoenix public key
    [[nodiscard]] std::string account() const;  // base58 of the BLS public key
};

[[nodiscard]] Profile derive_profile(const crypto::WalletSeed& seed, std::uint8_t index);

// The public parts.
[[nodiscard]] nlohmann::ordered_json to_json(const Profile& profile);
[[nodiscard]] std::string to_text(const Profile& profile);

}  // namespace dusk::wallet
