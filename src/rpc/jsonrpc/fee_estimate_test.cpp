#include "rpc/jsonrpc/fee_estimate.hpp"

#include <gtest/gtest.h>

namespace dusk::rpc::jsonrpc {
namespace {

const std::vector<Offer> kOffers{{{9}, {40}}, {{7}, {40}}, {{3}, {40}}, {{2}, {40}}};

TEST(FeeEstimate, PaysMoreThanWhatFillsTheBlocks) {
    EXPECT_EQ(price_for(kOffers, {100}, 1).value, 4U) << "two fit beside it, the third does not";
    EXPECT_EQ(price_for(kOffers, {80}, 1).value, 8U) << "nothing is left for it";
    EXPECT_EQ(price_for(kOffers, {100}, 2).value, 1U);
    EXPECT_EQ(price_for({}, {100}, 1).value, 1U);
    const std::vector<Offer> dear{{.price = {UINT64_MAX}, .limit = {UINT64_MAX}}};
    EXPECT_EQ(price_for(dear, {100}, 1).value, UINT64_MAX);
}

TEST(FeeEstimate, Percentiles) {
    EXPECT_EQ(percentile(kOffers, 0).value, 2U);
    EXPECT_EQ(percentile(kOffers, 50).value, 3U);
    EXPECT_EQ(percentile(kOffers, 100).value, 9U);
    EXPECT_EQ(percentile({}, 50).value, 1U);
}

}  // namespace
}  // namespace dusk::rpc::jsonrpc
