// What deployments and blobs cost beyond the gas of execution (spec/transactions.md §4, §6).
#pragma once

#include "ledger/transaction_data.hpp"

namespace dusk::ledger {

inline constexpr std::uint64_t kGasPerDeployByte = 100;
inline constexpr Gas kMinDeployCharge{5'000'000};
inline constexpr GasPrice kMinDeployPrice{2'000};
inline constexpr std::uint64_t kGasPerBlob = 1'000'000;
inline constexpr std::size_t kMaxExecutedBlobs = 6;

// 100 gas for each byte, at least five million. Nothing when it does not fit 64 bits.
[[nodiscard]] constexpr std::optional<Gas> deploy_charge(std::uint64_t bytecode_size) {
    const auto by_size = checked_cost(Gas{bytecode_size}, GasPrice{kGasPerDeployByte});
    if (!by_size) return {};
    return Gas{by_size->value > kMinDeployCharge.value ? by_size->value : kMinDeployCharge.value};
}
// The least that a transaction with `count` blobs is charged, 1 <= count <= 255.
[[nodiscard]] constexpr Gas blob_charge(std::size_t count) { return Gas{count * kGasPerBlob}; }

}  // namespace dusk::ledger
