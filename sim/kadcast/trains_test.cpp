#include "sim/kadcast/trains.hpp"

#include <gtest/gtest.h>

namespace dusk::sim {
namespace {

using std::chrono::milliseconds;

// One datagram takes 10 ms; nothing else takes time.
constexpr LinkSettings kSlow{.across = {}, .access = {}, .jitter = {}, .uplink = 8 * (100 + kUdpOverhead) * 100.0};

TEST(Trains, a_line_sends_one_datagram_after_the_other_and_one_node_after_the_other) {
    Links links(3, 1, kSlow);
    Trains trains(links, 1);
    const MonotonicTime now{std::chrono::seconds(5)};
    trains.send(0, std::vector<Copy>{{.to = 1, .height = 9}, {.to = 2, .height = 8}}, 77, 3, 100, now);
    std::vector<std::pair<VirtualNode, std::uint32_t>> order;
    for (int expected = 1; !trains.empty(); ++expected) {
        const auto arrival = trains.pop();
        EXPECT_EQ(arrival.at, now + milliseconds(10) * expected);
        EXPECT_EQ(arrival.train.object, 77U);
        EXPECT_EQ(arrival.count, 1U);
        EXPECT_EQ(arrival.is_last, arrival.first == 2);
        order.emplace_back(arrival.train.to, arrival.first);
    }
    const decltype(order) expected{{1, 0}, {1, 1}, {1, 2}, {2, 0}, {2, 1}, {2, 2}};
    EXPECT_EQ(order, expected);
    trains.send(0, std::vector<Copy>{{.to = 1}}, 0, 1, 100, now + milliseconds(20));
    EXPECT_EQ(trains.next_at(), now + milliseconds(70)) << "the line is busy until then";
}

TEST(Trains, datagrams_that_arrive_together_do_so_with_the_last_of_them) {
    Links links(2, 1, kSlow);
    Trains trains(links, 4);
    trains.send(0, std::vector<Copy>{{.to = 1}}, 0, 6, 100, {});
    auto arrival = trains.pop();
    EXPECT_EQ(arrival.at, MonotonicTime(milliseconds(40)));
    EXPECT_EQ(arrival.count, 4U);
    arrival = trains.pop();
    EXPECT_EQ(arrival.at, MonotonicTime(milliseconds(60)));
    EXPECT_EQ(arrival.first, 4U);
    EXPECT_EQ(arrival.count, 2U);
    EXPECT_TRUE(arrival.is_last && trains.empty());
}

}  // namespace
}  // namespace dusk::sim
