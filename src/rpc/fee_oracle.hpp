// What a transaction should pay for a gas: what recent blocks and the mempool pay, and the price with which it is
// likely to be in one of the next blocks.
//
// A block takes the best payers first, up to its gas, by what they spend. So what waits and pays as much or more
// decides, with what the past says of blocks that were full.
#pragma once

#include <deque>
#include <optional>
#include <span>
#include <vector>

#include "ledger/quantities.hpp"

namespace dusk::rpc {

// One transaction.
struct PaidGas {
    std::uint64_t price = 0;  // lux for a gas
    std::uint64_t spent = 0;  // gas; of one that waits: as much as it may spend
    std::uint64_t limit = 0;
};

// Prices below which so many of 100 parts of the gas were paid, or at which.
struct PricePercentiles {
    std::uint64_t p10 = 0;
    std::uint64_t p25 = 0;
    std::uint64_t p50 = 0;
    std::uint64_t p75 = 0;
    std::uint64_t p90 = 0;
    friend bool operator==(const PricePercentiles&, const PricePercentiles&) = default;
};
// Each transaction counts by its gas. Nothing where none was spent. O(n log n).
[[nodiscard]] std::optional<PricePercentiles> percentiles_of(std::span<const PaidGas> transactions);

struct FeeEstimate {
    unsigned blocks = 1;
    std::uint64_t price = 1;
    friend bool operator==(const FeeEstimate&, const FeeEstimate&) = default;
};

struct FeeReport {
    ledger::Height height{};  // of the last block that is known
    std::size_t blocks = 0;
    std::size_t transactions = 0;  // in them
    double fullness = 0;           // of their gas, 0 to 1
    std::optional<PricePercentiles> block_prices{};
    std::size_t waiting = 0;
    std::uint64_t waiting_gas = 0;  // limits
    std::optional<PricePercentiles> waiting_prices{};
    std::vector<FeeEstimate> estimates{};  // for the next 1, 2 and 5 blocks
};

// On one thread. Memory: some numbers for each transaction of 100 blocks.
class FeeOracle {
  public:
    static constexpr std::size_t kMostBlocks = 100;

    // `most_gas` of a block.
    explicit FeeOracle(ledger::Gas most_gas) : most_gas_(most_gas) {}

    // A block on top of the others. Those at its height and above were taken back.
    void add(ledger::Height height, std::vector<PaidGas> transactions);
    void take_back(ledger::Height height);

    // `waiting`: by falling price.
    [[nodiscard]] FeeReport report(std::span<const PaidGas> waiting) const;
    // The price to be in one of the next `blocks`, 1 to 100. At least 1.
    [[nodiscard]] std::uint64_t price_for(unsigned blocks, std::span<const PaidGas> waiting) const;

  private:
    struct Block {
        ledger::Height height{};
        std::vector<PaidGas> transactions{};
        std::uint64_t gas = 0;
    };
    [[nodiscard]] bool is_full(const Block& block) const;
    // With which a transaction would have been in that block.
    [[nodiscard]] std::uint64_t price_of(const Block& block) const;
    [[nodiscard]] std::uint64_t by_past(unsigned blocks) const;
    [[nodiscard]] std::uint64_t by_waiting(unsigned blocks, std::span<const PaidGas> waiting) const;

    ledger::Gas most_gas_;
    std::deque<Block> blocks_;
};

}  // namespace dusk::rpc
