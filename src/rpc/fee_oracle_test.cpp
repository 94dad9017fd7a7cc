#include "rpc/fee_oracle.hpp"

#include <gtest/gtest.h>

#include "ledger/limits.hpp"

namespace dusk::rpc {
namespace {

constexpr std::uint64_t kGas = 1000;  // of a block

PaidGas paid(std::uint64_t price, std::uint64_t spent) { return {.price = price, .spent = spent, .limit = spent}; }

std::vector<std::uint64_t> estimates(const FeeOracle& oracle, const std::vector<PaidGas>& waiting = {}) {
    std::vector<std::uint64_t> out;
    for (const FeeEstimate& one : oracle.report(waiting).estimates) out.push_back(one.price);
    return out;
}
using Prices = std::vector<std::uint64_t>;

TEST(FeeOracle, WithoutAPastAndAQueueTheLeastPriceWillDo) {
    const FeeOracle oracle({kGas});
    const FeeReport report = oracle.report({});
    EXPECT_EQ(report.blocks, 0U);
    EXPECT_EQ(report.block_prices, std::nullopt);
    EXPECT_EQ(report.waiting_prices, std::nullopt);
    EXPECT_EQ(report.estimates, (std::vector<FeeEstimate>{{1, 1}, {2, 1}, {5, 1}}));
}

TEST(FeeOracle, PercentilesCountGas) {
    EXPECT_EQ(percentiles_of({}), std::nullopt);
    EXPECT_EQ(percentiles_of(std::vector{paid(7, 0)}), std::nullopt);
    EXPECT_EQ(percentiles_of(std::vector{paid(7, 3)}), (PricePercentiles{7, 7, 7, 7, 7}));
    // 80 of 100 parts of the gas pay 2.
    EXPECT_EQ(percentiles_of(std::vector{paid(9, 10), paid(2, 80), paid(1, 10)}), (PricePercentiles{1, 2, 2, 2, 2}));
    EXPECT_EQ(percentiles_of(std::vector{paid(1, 25), paid(2, 25), paid(3, 25), paid(4, 25)}),
              (PricePercentiles{1, 1, 2, 3, 4}));
}

TEST(FeeOracle, BlocksWithRoomNeedNoMoreThanTheLeastPrice) {
    FeeOracle oracle({kGas});
    for (std::uint64_t height = 1; height <= 20; ++height) oracle.add({height}, {paid(50, 400), paid(20, 100)});
    EXPECT_EQ(estimates(oracle), (Prices{1, 1, 1}));
    const FeeReport report = oracle.report({});
    EXPECT_EQ(report.height, ledger::Height{20});
    EXPECT_EQ(report.transactions, 40U);
    EXPECT_DOUBLE_EQ(report.fullness, 0.5);
    EXPECT_EQ(report.block_prices, (PricePercentiles{20, 50, 50, 50, 50}));
}

TEST(FeeOracle, FullBlocksWantMoreThanTheirPoorestPaid) {
    FeeOracle oracle({kGas});
    for (std::uint64_t height = 1; height <= 20; ++height) oracle.add({height}, {paid(50, 500), paid(20, 480)});
    EXPECT_EQ(estimates(oracle), (Prices{21, 21, 21}));
    // Every second one has room: who can wait for two of them pays the least.
    FeeOracle other({kGas});
    for (std::uint64_t height = 1; height <= 20; ++height) {
        other.add({height}, {paid(50, 500), paid(20, height % 2 == 0 ? 480 : 10)});
    }
    EXPECT_EQ(estimates(other), (Prices{21, 1, 1}));
    // One busy block of twenty is no reason to pay more.
    FeeOracle calm({kGas});
    for (std::uint64_t height = 1; height <= 20; ++height) calm.add({height}, {paid(9, height == 5 ? 1000 : 10)});
    EXPECT_EQ(estimates(calm), (Prices{1, 1, 1}));
}

TEST(FeeOracle, WhatWaitsAndPaysMoreGoesFirst) {
    const FeeOracle oracle({kGas});
    std::vector<PaidGas> waiting;
    for (std::uint64_t i = 0; i < 60; ++i) waiting.push_back(paid(100 - i, 100));
    // Ten fit a block: to be among them it is to pay more than the tenth.
    EXPECT_EQ(estimates(oracle, waiting), (Prices{92, 82, 52}));
    waiting.resize(15);
    EXPECT_EQ(estimates(oracle, waiting), (Prices{92, 1, 1}));
    waiting.resize(9);
    EXPECT_EQ(estimates(oracle, waiting), (Prices{1, 1, 1}));
}

TEST(FeeOracle, LimitsCountByWhatIsSpentOfThem) {
    FeeOracle oracle({kGas});
    oracle.add({1}, {{.price = 3, .spent = 10, .limit = 100}});
    std::vector<PaidGas> waiting;
    for (std::uint64_t i = 0; i < 40; ++i) waiting.push_back(paid(100 - i, 100));
    // A tenth of the limits is spent: all of them fit.
    EXPECT_EQ(estimates(oracle, waiting), (Prices{1, 1, 1}));
}

TEST(FeeOracle, APlaceInABlockIsScarceAsWell) {
    const FeeOracle oracle({3'000'000'000});
    const std::vector<PaidGas> waiting(ledger::kMostBlockTransactions, paid(4, 1));
    EXPECT_EQ(estimates(oracle, waiting), (Prices{5, 1, 1}));
}

TEST(FeeOracle, BlocksThatAreTakenBackAreForgotten) {
    FeeOracle oracle({kGas});
    oracle.add({1}, {paid(10, 1000)});
    oracle.add({2}, {paid(30, 1000)});
    EXPECT_EQ(oracle.price_for(1, {}), 11U);  // of two windows the lower one: 9 of 10 are asked for
    oracle.take_back({1});
    EXPECT_EQ(oracle.report({}).blocks, 0U);
    oracle.add({1}, {paid(10, 1000)});
    oracle.add({1}, {paid(40, 1000)});
    EXPECT_EQ(oracle.report({}).blocks, 1U);
    EXPECT_EQ(oracle.price_for(1, {}), 41U);
    for (std::uint64_t height = 2; height < 300; ++height) oracle.add({height}, {});
    EXPECT_EQ(oracle.report({}).blocks, FeeOracle::kMostBlocks);
    EXPECT_EQ(oracle.report({}).height, ledger::Height{299});
}

TEST(FeeOracle, LargeNumbersDoNotOverflow) {
    constexpr std::uint64_t kMost = ~std::uint64_t{0};
    FeeOracle oracle({kMost});
    oracle.add({1}, {{.price = kMost - 1, .spent = kMost, .limit = kMost}});
    EXPECT_EQ(oracle.price_for(1, std::vector{paid(kMost - 1, kMost)}), kMost);
    EXPECT_TRUE(oracle.report(std::vector{paid(1, kMost), paid(1, kMost)}).waiting_prices);
}

}  // namespace
}  // namespace dusk::rpc
