#include "sim/draws.hpp"

#include <gtest/gtest.h>

#include <set>

namespace dusk::sim {
namespace {

TEST(Draws, AreTheSameFromTheSameSeed) {
    Draws a(7, "network");
    Draws b(7, "network");
    for (int i = 0; i < 100; ++i) EXPECT_EQ(a.next(), b.next());
}

TEST(Draws, DifferByEveryPartOfTheName) {
    std::set<std::uint64_t> first;
    for (const std::uint64_t seed : {1, 2}) {
        for (const char* purpose : {"network", "plan"}) {
            for (const std::uint64_t number : {0, 1}) first.insert(Draws(seed, purpose, number).next());
        }
    }
    EXPECT_EQ(first.size(), 8);
}

TEST(Draws, StayWithinTheirBounds) {
    Draws draws(3, "test");
    bool low = false;
    bool high = false;
    for (int i = 0; i < 10'000; ++i) {
        const auto value = draws.between(5, 8);
        low |= value == 5;
        high |= value == 8;
        EXPECT_TRUE(value >= 5 && value <= 8);
        const double unit = draws.unit();
        EXPECT_TRUE(unit >= 0 && unit < 1);
        EXPECT_LE(draws.waiting(std::chrono::seconds(1)), std::chrono::seconds(20));
    }
    EXPECT_TRUE(low && high);
    EXPECT_FALSE(draws.chance(0));
    EXPECT_TRUE(draws.chance(1));
}

TEST(Draws, WaitAboutTheMean) {
    Draws draws(4, "test");
    std::chrono::nanoseconds sum{};
    for (int i = 0; i < 10'000; ++i) sum += draws.waiting(std::chrono::milliseconds(100));
    EXPECT_NEAR(static_cast<double>(sum.count()) / 1e13, 0.1, 0.01);
}

TEST(Draws, FillOddLengths) {
    Draws draws(5, "test");
    Bytes out(13);
    draws.fill(out);
    EXPECT_NE(out, Bytes(13));
}

}  // namespace
}  // namespace dusk::sim
