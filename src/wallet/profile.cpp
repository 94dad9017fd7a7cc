#include "wallet/profile.hpp"

#include <fmt/core.h>

#include "base/base58.hpp"
#include "crypto/key_derivation.hpp"

namespace dusk::wallet {

std::string Profile::address() const { return phoenix.public_key().to_base58(); }
std::string Profile::account() const { return to_base58(bls.public_key().to_bytes()); }

Profile derive_profile(const crypto::WalletSeed& seed, std::uint8_t index) {
    const auto scalars = crypto::derive_phoenix_secret(seed, index);
    return {.index = index,
            .phoenix = phoenix::SecretKey(scalars.reveal().a, scalars.reveal().b),
            .bls = crypto::BlsSecretKey(crypto::derive_bls_secret(seed, index))};
}

nlohmann::ordered_json to_json(const Profile& profile) {
    return {{"index", profile.index}, {"address", profile.address()}, {"account", profile.account()}};
}

std::string to_text(const Profile& profile) {
    return fmt::format("Profile {}\n  shielded address  {}\n  public account    {}\n", profile.index, profile.address(),
                       profile.account());
}

}  // namespace dusk::wallet
