#include "node/stranger_objects.hpp"

#include <gtest/gtest.h>

namespace dusk::node {
namespace {

using namespace std::chrono_literals;

kadcast::Deliver object(std::uint8_t number, std::size_t bytes = 10) {
    return {.from = {}, .ray_id = {number}, .object = Bytes(bytes, number)};
}

constexpr MonotonicTime kNow{1h};

TEST(StrangerObjects, ComeInTheirOrderAndAtOnceWhileThereIsTime) {
    StrangerObjects objects;
    EXPECT_EQ(objects.due(), std::nullopt);
    EXPECT_EQ(objects.take(kNow), std::nullopt);
    ASSERT_TRUE(objects.add(object(1)));
    ASSERT_TRUE(objects.add(object(2)));
    EXPECT_LE(objects.due().value(), kNow);
    for (const unsigned number : {1U, 2U}) {
        const auto one = objects.take(kNow);
        ASSERT_TRUE(one);
        EXPECT_EQ(one->ray_id[0], number);
        objects.spend(1ms, kNow);
    }
    EXPECT_EQ(objects.due(), std::nullopt);
}

TEST(StrangerObjects, AreBoundedInNumberAndBytes) {
    StrangerObjects objects({.objects = 3, .bytes = 100});
    EXPECT_TRUE(objects.add(object(1, 60)));
    auto large = object(2, 41);
    EXPECT_FALSE(objects.add(std::move(large)));
    EXPECT_EQ(large.object.size(), 41U);
    EXPECT_TRUE(objects.add(object(3, 39)));
    EXPECT_TRUE(objects.add(object(4, 1)));
    EXPECT_FALSE(objects.add(object(5, 0)));
    ASSERT_TRUE(objects.take(kNow));
    EXPECT_TRUE(objects.add(object(6, 60)));
    EXPECT_EQ(objects.size(), 3U);
}

TEST(StrangerObjects, OneIsTakenOutOfItsTurn) {
    StrangerObjects objects({.objects = 2});
    ASSERT_TRUE(objects.add(object(1)));
    ASSERT_TRUE(objects.add(object(2, 20)));
    objects.spend(10s, kNow);  // there is no time for others
    EXPECT_EQ(objects.take(kadcast::RayId{3}), std::nullopt);
    const auto one = objects.take(kadcast::RayId{2});
    ASSERT_TRUE(one);
    EXPECT_EQ(one->object.size(), 20U);
    EXPECT_TRUE(objects.add(object(3)));
    EXPECT_EQ(objects.take(kNow), std::nullopt);
    objects.forgive(kNow);  // nothing else was to do
    EXPECT_EQ(objects.take(kNow).value().ray_id[0], 1);
    EXPECT_EQ(objects.take(kNow).value().ray_id[0], 3);
}

// Work of 1 ms each, all the time: of a second a half goes to them, and the burst at the beginning.
TEST(StrangerObjects, GetTheirShareOfTheTime) {
    StrangerObjects objects({.objects = 10'000, .share = 2, .burst = 20ms});
    for (int i = 0; i < 5000; ++i) ASSERT_TRUE(objects.add(object(1)));
    int taken = 0;
    for (MonotonicTime now = kNow; now < kNow + 1s;) {
        if (objects.take(now)) {
            ++taken;
            now += 1ms;
            objects.spend(1ms, now);
        } else {
            ASSERT_GT(objects.due().value(), now);
            now = *objects.due();  // it is true to its word
        }
    }
    EXPECT_GE(taken, 500);
    EXPECT_LE(taken, 525);
    // One that takes very long is paid for afterwards.
    objects.spend(1s, kNow + 1s);
    EXPECT_EQ(objects.take(kNow + 2s), std::nullopt);
    EXPECT_TRUE(objects.take(kNow + 4s));
}

// A pause saves no more than the burst.
TEST(StrangerObjects, APauseGivesOneBurst) {
    StrangerObjects objects({.share = 2, .burst = 20ms});
    for (int i = 0; i < 100; ++i) ASSERT_TRUE(objects.add(object(1)));
    int taken = 0;
    while (objects.take(kNow)) {
        objects.spend(1ms, kNow);
        ++taken;
    }
    EXPECT_EQ(taken, 21);
}

}  // namespace
}  // namespace dusk::node
