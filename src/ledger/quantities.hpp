// Numbers that must not be mixed up: amounts, gas, heights, nonces (spec/transactions.md §2, §11). On the wire and in
// archives each is a u64, little-endian; the chain id is one byte.
#pragma once

#include <compare>
#include <cstdint>
#include <limits>
#include <optional>

namespace dusk::ledger {

template <class Unit>
struct Quantity {
    std::uint64_t value = 0;
    friend constexpr auto operator<=>(const Quantity&, const Quantity&) = default;
};

using Lux = Quantity<struct LuxUnit>;  // 1 DUSK is 10^9 lux
using Gas = Quantity<struct GasUnit>;
using GasPrice = Quantity<struct GasPriceUnit>;  // lux for one gas
using Height = Quantity<struct HeightUnit>;      // of a block; genesis has 0
using Nonce = Quantity<struct NonceUnit>;        // of an account: the first transaction has 1

// 0xFA is the official localnet, and what every genesis is built with (§12).
enum class ChainId : std::uint8_t {};

inline constexpr std::uint64_t kLuxPerDusk = 1'000'000'000;

// Nothing where the sum or product does not fit 64 bits.
template <class Unit>
[[nodiscard]] constexpr std::optional<Quantity<Unit>> checked_add(Quantity<Unit> a, Quantity<Unit> b) {
    if (a.value > std::numeric_limits<std::uint64_t>::max() - b.value) return {};
    return Quantity<Unit>{a.value + b.value};
}
[[nodiscard]] constexpr std::optional<Lux> checked_cost(Gas gas, GasPrice price) {
    if (price.value != 0 && gas.value > std::numeric_limits<std::uint64_t>::max() / price.value) return {};
    return Lux{gas.value * price.value};
}

}  // namespace dusk::ledger
