// Numbers of Succinct Attestation (spec/consensus.md §1).
#pragma once

#include <chrono>
#include <cstdint>

#include "ledger/quantities.hpp"

namespace dusk::consensus {

inline constexpr std::uint8_t kMostIterations = 50;  // 0 … 49 in a round; 49 is repeated
inline constexpr std::uint32_t kProposalCredits = 1;
inline constexpr std::uint32_t kCommitteeCredits = 64;  // of a committee of validation or ratification
inline constexpr std::uint8_t kRelaxedFrom = 8;         // iterations whose failure no header names
inline constexpr std::uint8_t kEmergencyFrom = 16;
inline constexpr std::uint8_t kEmergencyBlockIteration = 255;
inline constexpr std::uint64_t kMostRoundDistance = 10;
inline constexpr ledger::Lux kMinimumStake{1000 * ledger::kLuxPerDusk};

// Credits that a quorum takes of `n`: more than half, or two thirds.
[[nodiscard]] constexpr std::uint32_t majority(std::uint32_t n) { return n / 2 + 1; }
[[nodiscard]] constexpr std::uint32_t supermajority(std::uint32_t n) { return n - n / 3; }

inline constexpr std::chrono::seconds kLeastStepTimeout{7};
inline constexpr std::chrono::seconds kMostStepTimeout{40};
inline constexpr std::chrono::seconds kStepTimeoutIncrease{2};
inline constexpr std::chrono::seconds kMinimumBlockTime{10};  // unless a network says otherwise
inline constexpr std::chrono::seconds kMinimumEmergencyBlockTime{40 * 3 * 51};
inline constexpr std::chrono::seconds kTimestampMargin{3};  // that a block may be ahead of the clock

}  // namespace dusk::consensus
