#include "rpc/routes/gas_price.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace dusk::rpc {
namespace {

TEST(GasPrice, Summaries) {
    EXPECT_EQ(summary_of({}), (PriceSummary{1, 1, 1, 1}));
    EXPECT_EQ(summary_of({7}), (PriceSummary{7, 7, 7, 7}));
    EXPECT_EQ(summary_of({8, 3}), (PriceSummary{6, 8, 5, 3}));
    EXPECT_EQ(summary_of({9, 5, 1}), (PriceSummary{5, 9, 5, 1}));
    EXPECT_EQ(summary_of({9, 6, 5, 1}), (PriceSummary{6, 9, 5, 1}));
    constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max();
    EXPECT_EQ(summary_of({kMost, kMost}), (PriceSummary{kMost, kMost, kMost, kMost}));
}

}  // namespace
}  // namespace dusk::rpc
