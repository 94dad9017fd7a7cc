#include "node/send_queue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace dusk::node {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

constexpr std::size_t kFrame = 969;
constexpr std::size_t kDatagram = 1000;  // with what stands before a frame

SocketAddress node(std::uint16_t number) { return {.ip = ByteArray<4>{127, 0, 0, 1}, .port = number}; }

class SendQueueTest : public testing::Test {
  protected:
    static std::shared_ptr<const kadcast::EncodedObject> object(std::size_t chunks) {
        Bytes frames(chunks * kFrame);
        for (std::size_t i = 0; i < chunks; ++i) frames[i * kFrame] = static_cast<std::uint8_t>(i);
        return std::make_shared<const kadcast::EncodedObject>(kadcast::RayId{}, kFrame, std::move(frames));
    }
    bool add(std::size_t chunks, std::vector<kadcast::Target> targets) {
        return queue_.add(kadcast::SendObject{.object = object(chunks), .targets = std::move(targets)});
    }
    bool add_packet(std::uint16_t to) {
        return queue_.add(kadcast::SendPacket{.to = node(to), .datagram = Bytes(31, 0)});
    }
    // The ports that the next datagrams go to.
    std::vector<std::uint16_t> take(std::size_t most) {
        std::vector<std::uint16_t> out;
        const auto some = queue_.next(most, now_);
        for (const OutgoingDatagram& one : some) out.push_back(one.to.port);
        queue_.done(some.size());
        return out;
    }

    PacingSettings settings_{.bytes_per_second = 1'000'000,
                             .bytes_per_second_of_node = 1'000'000,
                             .burst = 10 * kDatagram,
                             .targets_at_once = 2,
                             .small_chunks = 6,
                             .most_bytes = 100 * kDatagram,
                             .most_small_bytes = 20 * kDatagram};
    SendQueue queue_{kadcast::Header{.port = 9000, .network = 100}, settings_};
    MonotonicTime now_{1h};
};

TEST_F(SendQueueTest, SmallOnesGoFirstAndAtOnce) {
    EXPECT_EQ(queue_.ready(now_), MonotonicTime::max());
    ASSERT_TRUE(add(40, {{node(1), 0}}));
    ASSERT_TRUE(add(40, {{node(2), 120}}));
    EXPECT_EQ(take(2), (std::vector<std::uint16_t>{2, 2}));
    ASSERT_TRUE(add_packet(3));
    ASSERT_TRUE(add(6, {{node(4), 0}}));
    EXPECT_THAT(take(8), ElementsAre(3, 4, 4, 4, 4, 4, 4, 2));
    // What is for the network goes before what is for one node.
    std::map<std::uint16_t, int> rest;
    std::uint16_t last = 0;
    while (!queue_.empty()) {
        now_ += 100ms;
        for (const std::uint16_t port : take(64)) {
            ++rest[port];
            EXPECT_GE(last == 1 ? 1 : 2, port);
            last = port;
        }
    }
    EXPECT_EQ(rest, (std::map<std::uint16_t, int>{{1, 40}, {2, 37}}));
    EXPECT_EQ(queue_.size(), 0U);
}

TEST_F(SendQueueTest, LargeOnesKeepToTheRate) {
    ASSERT_TRUE(add(100, {{node(1), 120}}));
    std::size_t sent = take(1000).size();
    EXPECT_LE(sent, 11U);  // a burst
    const MonotonicTime begin = now_;
    while (sent < 100) {
        const MonotonicTime ready = queue_.ready(now_);
        ASSERT_LT(ready, MonotonicTime::max());
        EXPECT_EQ(take(1000).size(), 0U);
        ASSERT_GT(ready, now_);
        now_ = ready;
        sent += take(1000).size();
    }
    EXPECT_EQ(sent, 100U);
    // 90 kB at 1 MB/s.
    EXPECT_GE(now_ - begin, 80ms);
    EXPECT_LE(now_ - begin, 100ms);
}

TEST_F(SendQueueTest, ANodeGetsItsShareOfTheRate) {
    settings_.bytes_per_second_of_node = 250'000;
    queue_ = SendQueue(kadcast::Header{.port = 9000, .network = 100}, settings_);
    const auto time_of = [&](std::vector<kadcast::Target> targets) {
        const MonotonicTime begin = now_;
        EXPECT_TRUE(add(40, std::move(targets)));
        while (!queue_.empty()) {
            (void)take(1000);
            if (!queue_.empty()) now_ = std::max(now_, queue_.ready(now_));
        }
        return now_ - begin;
    };
    const auto one = time_of({{node(1), 120}});
    EXPECT_GE(one, 120ms);  // 40 kB at 250 kB/s, less a burst
    EXPECT_LE(one, 180ms);
    now_ += 1s;
    const auto two = time_of({{node(1), 120}, {node(2), 121}});
    EXPECT_GE(two, 120ms);
    EXPECT_LE(two, 180ms);
}

TEST_F(SendQueueTest, ManySmallOnesDoNotStopTheLargeOnes) {
    ASSERT_TRUE(add(20, {{node(1), 120}}));
    std::size_t large = 0;
    for (int i = 0; i < 100; ++i) {
        now_ += 10ms;
        for (int j = 0; j < 10; ++j) ASSERT_TRUE(add_packet(2));
        for (const std::uint16_t port : take(1000)) large += port == 1 ? 1 : 0;
    }
    EXPECT_EQ(large, 20U);
}

TEST_F(SendQueueTest, TheFarthestComeFirstAFewAtOnce) {
    ASSERT_TRUE(add(16, {{node(1), 100}, {node(2), 127}, {node(3), 110}}));
    std::vector<std::uint16_t> order;
    while (!queue_.empty()) {
        now_ += 5ms;
        for (const std::uint16_t port : take(8)) order.push_back(port);
    }
    const auto run = [](std::uint16_t port) { return std::vector<std::uint16_t>(8, port); };
    std::vector<std::uint16_t> expected;
    for (const std::uint16_t port : std::initializer_list<std::uint16_t>{2, 3, 2, 3, 1, 1}) {
        const auto some = run(port);
        expected.insert(expected.end(), some.begin(), some.end());
    }
    EXPECT_EQ(order, expected);
}

TEST_F(SendQueueTest, EveryoneGetsAllChunksBehindTheirOwnPrefix) {
    ASSERT_TRUE(add(10, {{node(1), 100}, {node(2), 127}}));
    std::map<std::uint16_t, std::vector<std::uint8_t>> chunks;
    while (!queue_.empty()) {
        now_ += 5ms;
        const auto some = queue_.next(7, now_);
        const std::size_t handled = std::min<std::size_t>(some.size(), 3);  // the kernel took no more
        for (const OutgoingDatagram& one : some.first(handled)) {
            const auto prefix =
                kadcast::broadcast_prefix({.port = 9000, .network = 100}, one.to.port == 1 ? 100 : 127, kFrame);
            EXPECT_TRUE(equal(one.head, prefix));
            ASSERT_EQ(one.body.size(), kFrame);
            chunks[one.to.port].push_back(one.body[0]);
        }
        queue_.done(handled);
    }
    const std::vector<std::uint8_t> all{0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    EXPECT_EQ(chunks, (std::map<std::uint16_t, std::vector<std::uint8_t>>{{1, all}, {2, all}}));
}

TEST_F(SendQueueTest, BlocksThatWereAskedForGoOneByOne) {
    const auto add_block = [&](std::uint16_t to) {
        return queue_.add(kadcast::SendObject{.object = object(2), .targets = {{node(to), 0}}}, true);
    };
    ASSERT_TRUE(add_block(1));
    ASSERT_TRUE(add_block(2));
    ASSERT_TRUE(add(7, {{node(3), 0}}));
    EXPECT_THAT(take(10), ElementsAre(1, 1));
    EXPECT_EQ(queue_.ready(now_), now_ + 3ms);
    // Others do not wait for them, but for what is behind them.
    ASSERT_TRUE(add_packet(4));
    ASSERT_TRUE(add(7, {{node(5), 120}}));
    EXPECT_EQ(queue_.ready(now_), now_);
    EXPECT_THAT(take(10), ElementsAre(4, 5, 5, 5, 5, 5, 5, 5));
    EXPECT_THAT(take(10), ElementsAre());
    now_ += 3ms;
    EXPECT_EQ(queue_.ready(now_), now_);
    EXPECT_THAT(take(1), ElementsAre(2));
    EXPECT_EQ(queue_.ready(now_), now_);  // begun
    EXPECT_THAT(take(3), ElementsAre(2, 3, 3));
    // A block for the network is as anything else.
    ASSERT_TRUE(queue_.add(kadcast::SendObject{.object = object(2), .targets = {{node(6), 9}}}, true));
    EXPECT_THAT(take(2), ElementsAre(6, 6));
}

TEST_F(SendQueueTest, IsBounded) {
    ASSERT_TRUE(add(50, {{node(1), 120}, {node(2), 110}}));
    EXPECT_FALSE(add(7, {{node(1), 120}}));
    ASSERT_TRUE(add(100, {{node(1), 0}}));  // answers have their own room
    EXPECT_FALSE(add(7, {{node(1), 0}}));
    std::size_t packets = 0;
    while (add_packet(3)) ++packets;
    EXPECT_EQ(packets, 20 * kDatagram / 31);
    EXPECT_FALSE(add(6, {{node(1), 0}}));
    EXPECT_EQ(queue_.size(), 200 * kDatagram + packets * 31);
    (void)take(1000);
    EXPECT_TRUE(add_packet(3));
}

}  // namespace
}  // namespace dusk::node
