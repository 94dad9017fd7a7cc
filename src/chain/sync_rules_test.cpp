#include "chain/sync_rules.hpp"

#include <gtest/gtest.h>

namespace dusk::chain {
namespace {

using ledger::Height;
using std::chrono::seconds;

class PlausibleHeight : public testing::Test {
  protected:
    PlausibleHeight() {
        tip_.height = {100};
        tip_.timestamp = 5000;
    }
    [[nodiscard]] bool at(std::uint64_t claimed, std::int64_t now) const {
        return is_plausible_height({claimed}, tip_, WallTime(seconds(now)));
    }
    ledger::BlockHeader tip_;
};

TEST_F(PlausibleHeight, TakesTenSecondsPerBlockAndAMargin) {
    EXPECT_TRUE(at(101, 5007));
    EXPECT_FALSE(at(101, 5006));
    EXPECT_FALSE(is_plausible_height({101}, tip_, WallTime(std::chrono::milliseconds(5'006'999))));
    EXPECT_TRUE(at(200, 5997));
    EXPECT_FALSE(at(201, 5997));
    EXPECT_TRUE(is_plausible_height({201}, tip_, WallTime(seconds(5098)), seconds(1)));
}

TEST_F(PlausibleHeight, WithoutABlockTimeThereMayBeAnyNumber) {
    EXPECT_TRUE(is_plausible_height({5000}, tip_, WallTime(seconds(5000)), seconds(0)));
    EXPECT_FALSE(is_plausible_height({101}, tip_, WallTime(seconds(4996)), seconds(0)));
}

TEST_F(PlausibleHeight, OfTheTipAndBelowItIsOneUnlessTheTipIsAhead) {
    EXPECT_TRUE(at(100, 4997));
    EXPECT_TRUE(at(0, 4997));
    EXPECT_FALSE(at(100, 4996));
    EXPECT_FALSE(at(0, -100));
}

// The released node multiplies modulo 2^64 here.
TEST_F(PlausibleHeight, NoNumberIsTooLargeToBeRefused) {
    EXPECT_FALSE(at(~std::uint64_t{0}, 1'000'000'000));
    EXPECT_FALSE(at((std::uint64_t{1} << 63U) + 100, 1'000'000'000));
}

}  // namespace
}  // namespace dusk::chain
