// What transactions in the mempool pay for a gas (spec/interfaces.md §3, /on/blocks/gas-price).
#pragma once

#include <vector>

#include "ledger/quantities.hpp"

namespace dusk::rpc {

struct PriceSummary {
    std::uint64_t average = 1;  // rounded up
    std::uint64_t max = 1;
    std::uint64_t median = 1;  // of an even number of prices: between the two in the middle, rounded down
    std::uint64_t min = 1;
    friend bool operator==(const PriceSummary&, const PriceSummary&) = default;
};

// `falling`: sorted, the highest first. All 1 where there are none.
[[nodiscard]] PriceSummary summary_of(const std::vector<std::uint64_t>& falling);

}  // namespace dusk::rpc
