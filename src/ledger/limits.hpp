// How large blocks and messages may be (spec/consensus.md §1).
#pragma once

#include <cstddef>
#include <cstdint>

namespace dusk::ledger {

inline constexpr std::size_t kMostBlockBytes = 1'048'576;
inline constexpr std::uint32_t kMostBlockTransactions = 1000;
inline constexpr std::uint32_t kMostBlockFaults = 100;
inline constexpr std::uint8_t kMostFailedIterations = 8;  // that a header names
inline constexpr std::uint32_t kMostTransactionBytes = 2'097'152;
inline constexpr std::uint32_t kMostErrorTextBytes = 2'097'152;
inline constexpr std::uint32_t kMostInventoryItems = 10'000;

}  // namespace dusk::ledger
