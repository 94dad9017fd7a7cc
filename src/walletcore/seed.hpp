// Keys from the 64 bytes of a seed that JavaScript passes.
#pragma once

#include "wallet/profile.hpp"
#include "walletcore/abi.hpp"

namespace dusk::walletcore {

[[nodiscard]] inline crypto::WalletSeed seed_at(const std::uint8_t* seed) {
    return crypto::WalletSeed(take<64>(fixed<64>(seed)));
}
// Only the lowest byte of the index counts.
[[nodiscard]] inline wallet::Profile profile_of(const std::uint8_t* seed, std::uint32_t index) {
    return wallet::derive_profile(seed_at(seed), static_cast<std::uint8_t>(index));
}
// A byte that counts, then as many indexes.
[[nodiscard]] inline ByteView indexes_at(const std::uint8_t* indexes) { return {indexes + 1, *indexes}; }

}  // namespace dusk::walletcore
