#include "node/round_trips.hpp"

#include <gtest/gtest.h>

#include "kadcast/packet.hpp"

namespace dusk::node {
namespace {

using namespace std::chrono_literals;

SocketAddress node(std::uint16_t port) { return {.ip = ByteArray<4>{127, 0, 0, 1}, .port = port}; }
Bytes of(std::uint16_t port, const auto& body) {
    return kadcast::to_bytes(kadcast::Header{.port = port, .network = 100}, body);
}

TEST(RoundTrips, AreFromTheQuestionToTheAnswer) {
    RoundTrips trips;
    const MonotonicTime now{1h};
    trips.on_sent(node(1), of(9, kadcast::Ping{}), now);
    EXPECT_FALSE(trips.of(node(1)));
    // The answer comes from any port, and names the one of the node.
    trips.on_received(node(50'000), of(1, kadcast::Pong{}), now + 3ms);
    EXPECT_EQ(trips.of(node(1)), 3ms);
    trips.on_received(node(50'000), of(1, kadcast::Pong{}), now + 9ms);
    EXPECT_EQ(trips.of(node(1)), 3ms);
    trips.on_sent(node(1), of(9, kadcast::FindNodes{}), now + 20ms);
    EXPECT_EQ(trips.of(node(1)), 3ms);
    trips.on_received(node(50'000), of(1, kadcast::Nodes{}), now + 21ms);
    EXPECT_EQ(trips.of(node(1)), 1ms);
}

TEST(RoundTrips, OtherPacketsAreNone) {
    RoundTrips trips;
    const MonotonicTime now{1h};
    trips.on_sent(node(1), of(9, kadcast::Pong{}), now);
    trips.on_received(node(1), of(1, kadcast::Pong{}), now);
    EXPECT_FALSE(trips.of(node(1)));
    trips.on_sent(node(1), of(9, kadcast::Ping{}), now);
    trips.on_received(node(1), of(1, kadcast::Ping{}), now);
    trips.on_received(node(1), of(2, kadcast::Pong{}), now);
    trips.on_received(node(1), Bytes{1}, now);
    trips.on_received(node(1), {}, now);
    EXPECT_FALSE(trips.of(node(1)));
}

TEST(RoundTrips, ForgetWhoWasAskedLongestAgo) {
    RoundTrips trips;
    MonotonicTime now{1h};
    const auto measure = [&](std::uint16_t port) {
        trips.on_sent(node(port), of(9, kadcast::Ping{}), now);
        trips.on_received(node(port), of(port, kadcast::Pong{}), now + 1ms);
        now += 1s;
    };
    for (std::uint16_t i = 1; i <= RoundTrips::kMost + 1; ++i) measure(i);
    EXPECT_FALSE(trips.of(node(1)));
    EXPECT_TRUE(trips.of(node(2)));
    EXPECT_TRUE(trips.of(node(RoundTrips::kMost + 1)));
}

}  // namespace
}  // namespace dusk::node
