#include "node/fair_queue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dusk::node {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using Queue = FairQueue<char, int>;

// Each costs one.
std::vector<int> take_all(Queue& queue, std::size_t most = 1000) {
    std::vector<int> out;
    while (out.size() < most) {
        const auto one = queue.take();
        if (!one) break;
        queue.charge(one->from, 1);
        out.push_back(one->item);
    }
    return out;
}

TEST(FairQueue, OfOneSourceInOrder) {
    Queue queue({10, 100});
    EXPECT_EQ(queue.next(), nullptr);
    EXPECT_FALSE(queue.take());
    for (int i = 1; i <= 3; ++i) EXPECT_THAT(queue.add('a', i, 5), IsEmpty());
    EXPECT_EQ(queue.size_of('a'), 3U);
    EXPECT_EQ(queue.bytes_of('a'), 15U);
    EXPECT_EQ(*queue.next(), 'a');
    EXPECT_THAT(take_all(queue), ElementsAre(1, 2, 3));
    EXPECT_TRUE(queue.empty());
    EXPECT_EQ(queue.bytes_of('a'), 0U);
}

TEST(FairQueue, SourcesTakeTurns) {
    Queue queue({100, 1000});
    for (int i = 0; i < 10; ++i) EXPECT_THAT(queue.add('a', i, 1), IsEmpty());
    EXPECT_THAT(take_all(queue, 4), ElementsAre(0, 1, 2, 3));
    EXPECT_THAT(queue.add('b', 20, 1), IsEmpty());
    EXPECT_THAT(queue.add('b', 21, 1), IsEmpty());
    EXPECT_THAT(queue.add('c', 30, 1), IsEmpty());
    // Who had more work done than those who come now waits.
    EXPECT_THAT(take_all(queue, 6), ElementsAre(20, 30, 4, 21, 5, 6));
}

// Not what it brings counts, but what it costs.
TEST(FairQueue, WhoeverCostsMuchWaits) {
    Queue queue({1000, 10'000});
    for (int i = 0; i < 100; ++i) {
        EXPECT_THAT(queue.add('a', i, 1), IsEmpty());
        EXPECT_THAT(queue.add('b', i, 1), IsEmpty());
    }
    int of_a = 0, of_b = 0;
    for (int i = 0; i < 44; ++i) {
        const auto one = queue.take();
        ++(one->from == 'a' ? of_a : of_b);
        queue.charge(one->from, one->from == 'a' ? 10 : 1);
    }
    EXPECT_EQ(of_a, 4);
    EXPECT_EQ(of_b, 40);
    // It does not get rid of that by having nothing here for a moment.
    Queue other({1000, 10'000});
    EXPECT_THAT(other.add('a', 1, 1), IsEmpty());
    for (int i = 0; i < 5; ++i) EXPECT_THAT(other.add('b', i, 1), IsEmpty());
    EXPECT_EQ(other.take()->from, 'a');
    other.charge('a', 3);
    EXPECT_THAT(other.add('a', 2, 1), IsEmpty());
    EXPECT_THAT(take_all(other), ElementsAre(0, 1, 2, 2, 3, 4));
}

TEST(FairQueue, WhoHasMostMakesRoom) {
    Queue queue({4, 100});
    for (int i = 0; i < 3; ++i) EXPECT_THAT(queue.add('a', i, 1), IsEmpty());
    EXPECT_THAT(queue.add('b', 10, 1), IsEmpty());
    EXPECT_THAT(queue.add('a', 3, 1), ElementsAre(3));    // itself
    EXPECT_THAT(queue.add('c', 20, 1), ElementsAre(2));   // the newest
    EXPECT_THAT(queue.add('c', 21, 1), ElementsAre(21));  // none has more than it would have
    EXPECT_EQ(queue.size(), 4U);
    EXPECT_THAT(take_all(queue), ElementsAre(0, 10, 20, 1));
    // The same by bytes.
    EXPECT_THAT(queue.add('a', 1, 60), IsEmpty());
    EXPECT_THAT(queue.add('a', 2, 30), IsEmpty());
    EXPECT_THAT(queue.add('b', 3, 20), ElementsAre(2));
    EXPECT_THAT(queue.add('b', 4, 101), ElementsAre(4));
    EXPECT_EQ(queue.size(), 2U);
}

TEST(FairQueue, OneIsTakenOutOfItsTurn) {
    Queue queue({10, 100});
    for (int i = 1; i <= 3; ++i) EXPECT_THAT(queue.add('a', i, 5), IsEmpty());
    EXPECT_EQ(queue.take_if('a', [](int item) { return item > 1; }), 2);
    EXPECT_EQ(queue.take_if('a', [](int item) { return item == 2; }), std::nullopt);
    EXPECT_EQ(queue.take_if('b', [](int) { return true; }), std::nullopt);
    EXPECT_EQ(queue.bytes_of('a'), 10U);
    EXPECT_THAT(take_all(queue), ElementsAre(1, 3));
}

}  // namespace
}  // namespace dusk::node
