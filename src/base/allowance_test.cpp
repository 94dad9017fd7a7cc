#include "base/allowance.hpp"

#include <gtest/gtest.h>

namespace dusk {
namespace {

using namespace std::chrono_literals;

constexpr MonotonicTime kStart{1h};

TEST(Allowance, RefillsSteadily) {
    Allowance allowance(100, 200, kStart);
    EXPECT_TRUE(allowance.take(200, kStart));
    EXPECT_FALSE(allowance.take(1, kStart));
    EXPECT_FALSE(allowance.take(1, kStart + 9ms));
    EXPECT_TRUE(allowance.take(1, kStart + 10ms));
    EXPECT_FALSE(allowance.take(1, kStart + 10ms));
    EXPECT_FALSE(allowance.is_whole(kStart + 1s));
    EXPECT_TRUE(allowance.is_whole(kStart + 3s));
    EXPECT_FALSE(allowance.take(201, kStart + 1h));
    EXPECT_TRUE(allowance.take(200, kStart + 1h));
}

// Being asked often does not cost the fractions between.
TEST(Allowance, ManySmallSteps) {
    Allowance allowance(1000, 1000, kStart);
    EXPECT_TRUE(allowance.take(1000, kStart));
    std::uint64_t taken = 0;
    for (int i = 0; i < 10'000; ++i) taken += allowance.take(1, kStart + i * 100us) ? 1 : 0;
    EXPECT_GE(taken, 998U);
    EXPECT_LE(taken, 1000U);
}

// A clock that goes back gives nothing and takes nothing.
TEST(Allowance, TimeThatHasBeenGivesNothing) {
    Allowance allowance(100, 100, kStart);
    EXPECT_TRUE(allowance.take(100, kStart));
    EXPECT_FALSE(allowance.take(1, kStart - 1s));
    EXPECT_TRUE(allowance.take(100, kStart + 1s));
    EXPECT_FALSE(allowance.take(1, kStart + 1s));
}

}  // namespace
}  // namespace dusk
