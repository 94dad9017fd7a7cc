#include "kadcast/routing_table.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <set>

#include "crypto/chacha_rng.hpp"

namespace dusk::kadcast {
namespace {

using namespace std::chrono_literals;

SocketAddress address(std::uint16_t port) { return {ByteArray<4>{10, 0, 0, 1}, port}; }

class Table : public testing::Test {
  protected:
    // The `number`th node whose bucket has this height.
    Identity node_at(std::uint8_t height, std::uint32_t number) const {
        Identity out{.address = address(static_cast<std::uint16_t>(1000 + number)), .network = 1};
        out.id = at_distance(own_.id, height);
        store_le(out.id.bytes.data(), number);
        return out;
    }
    void fill(std::uint8_t height, std::uint32_t count = kBucketNodes) {
        for (std::uint32_t i = 0; i < count; ++i) {
            ASSERT_EQ(table_.insert(node_at(height, i), now_), Insertion::inserted);
            table_.confirm(node_at(height, i).id);
        }
    }
    std::vector<std::uint16_t> ports(std::uint8_t height) const {
        std::vector<std::uint16_t> out;
        for (const auto& bucket : table_.buckets()) {
            if (bucket.height != height) continue;
            for (const auto& node : bucket.nodes) out.push_back(node.identity.address.port);
        }
        return out;
    }

    Identity own_ = Identity::of(address(9000), 1, kAcceptedDifficulty);
    MonotonicTime now_{1h};
    RoutingTable table_{own_, {}};
    crypto::ChaChaRng random_{1};
};

TEST_F(Table, OthersOnly) {
    EXPECT_EQ(table_.insert(own_, now_), Insertion::invalid);
    Identity foreign = node_at(100, 1);
    foreign.network = 2;
    EXPECT_EQ(table_.insert(foreign, now_), Insertion::network_mismatch);
    EXPECT_EQ(table_.size(), 0U);
    EXPECT_EQ(table_.insert(node_at(100, 1), now_), Insertion::inserted);
    EXPECT_EQ(table_.find(node_at(100, 1).id)->identity.address, node_at(100, 1).address);
    EXPECT_EQ(table_.find(node_at(100, 2).id), nullptr);
    EXPECT_EQ(table_.find(own_.id), nullptr);
}

TEST_F(Table, WhoIsHeardMovesToTheEnd) {
    fill(120, 3);
    EXPECT_EQ(table_.insert(node_at(120, 0), now_ + 1s), Insertion::updated);
    EXPECT_THAT(ports(120), testing::ElementsAre(1001, 1002, 1000));
}

TEST_F(Table, AFullBucketOfLivingNodesStaysAsItIs) {
    fill(127);
    EXPECT_TRUE(table_.is_full(node_at(127, 500).id));
    EXPECT_EQ(table_.insert(node_at(127, 500), now_ + 29s), Insertion::full);
    EXPECT_EQ(table_.asked_to_make_room(node_at(127, 500).id), nullptr);
    EXPECT_EQ(ports(127).size(), kBucketNodes);
}

TEST_F(Table, ASilentNodeMakesRoomAfterItWasAsked) {
    fill(127);
    now_ += 31s;
    EXPECT_EQ(table_.insert(node_at(127, 500), now_), Insertion::pending);
    ASSERT_NE(table_.asked_to_make_room(node_at(127, 500).id), nullptr);
    EXPECT_EQ(table_.asked_to_make_room(node_at(127, 500).id)->identity.address.port, 1000);
    EXPECT_EQ(table_.insert(node_at(127, 501), now_ + 4s), Insertion::pending);  // the later one waits
    EXPECT_EQ(table_.insert(node_at(127, 501), now_ + 6s), Insertion::updated);  // and has the place
    EXPECT_EQ(table_.find(node_at(127, 0).id), nullptr);
    EXPECT_EQ(table_.find(node_at(127, 500).id), nullptr);
    EXPECT_NE(table_.find(node_at(127, 501).id), nullptr);
}

TEST_F(Table, ASignKeepsThePlace) {
    fill(127);
    now_ += 31s;
    EXPECT_EQ(table_.insert(node_at(127, 500), now_), Insertion::pending);
    EXPECT_EQ(table_.insert(node_at(127, 0), now_ + 1s), Insertion::updated);
    (void)table_.insert(node_at(127, 500), now_ + 7s);
    EXPECT_NE(table_.find(node_at(127, 0).id), nullptr);
}

// Whoever only writes addresses on packets does not keep others out for long.
TEST_F(Table, WhoDoesNotAnswerIsAliveForAMomentOnly) {
    (void)table_.insert(node_at(127, 1), now_);
    EXPECT_EQ(table_.alive(now_ + 4s), 1U);
    EXPECT_EQ(table_.alive(now_ + 6s), 0U);
    table_.confirm(node_at(127, 1).id);
    EXPECT_EQ(table_.alive(now_ + 29s), 1U);
    EXPECT_EQ(table_.alive(now_ + 31s), 0U);
}

// However much it sends.
TEST_F(Table, WhoDoesNotAnswerMakesRoomAtOnce) {
    for (std::uint32_t i = 0; i < kBucketNodes; ++i) (void)table_.insert(node_at(127, i), now_);
    for (std::uint32_t i = 1; i < kBucketNodes; ++i) table_.confirm(node_at(127, i).id);
    EXPECT_EQ(table_.insert(node_at(127, 500), now_ + 4s), Insertion::full);
    (void)table_.insert(node_at(127, 0), now_ + 6s);
    EXPECT_EQ(table_.take_silent(now_ + 6s).size(), 1U);
    EXPECT_EQ(table_.insert(node_at(127, 500), now_ + 6s), Insertion::inserted);
    EXPECT_EQ(table_.find(node_at(127, 0).id), nullptr);
    EXPECT_EQ(table_.insert(node_at(127, 501), now_ + 7s), Insertion::full);
}

TEST_F(Table, SilentNodesAreAskedOnceAndForgottenLater) {
    fill(127, 2);
    EXPECT_TRUE(table_.take_silent(now_ + 19s).empty());
    EXPECT_EQ(table_.take_silent(now_ + 21s).size(), 2U);
    EXPECT_TRUE(table_.take_silent(now_ + 22s).empty());
    EXPECT_EQ(table_.take_silent(now_ + 42s).size(), 2U);
    (void)table_.insert(node_at(127, 1), now_ + 50min);
    table_.forget_silent(now_ + 61min);
    EXPECT_THAT(ports(127), testing::ElementsAre(1001));
}

TEST_F(Table, WhoWaitsComesInWhenOthersAreForgotten) {
    fill(127);
    EXPECT_EQ(table_.insert(node_at(127, 500), now_ + 1h - 1s), Insertion::pending);
    table_.forget_silent(now_ + 1h);
    EXPECT_THAT(ports(127), testing::ElementsAre(1500));
}

TEST_F(Table, ABroadcastGoesToThreeOfEachBucketUpToItsHeight) {
    fill(127);
    fill(126, 2);
    fill(40, 1);
    std::map<std::uint8_t, std::set<std::uint16_t>> sent;
    for (const auto& delegate : table_.delegates(kHighest, 3, random_, now_)) {
        EXPECT_TRUE(sent[delegate.height].insert(delegate.to.port).second);
    }
    EXPECT_EQ(sent.size(), 3U);
    EXPECT_EQ(sent[127].size(), 3U);
    EXPECT_EQ(sent[126].size(), 2U);
    EXPECT_EQ(sent[40].size(), 1U);
    EXPECT_EQ(table_.delegates(126, 3, random_, now_).size(), 3U);
    EXPECT_EQ(table_.delegates(125, 3, random_, now_).size(), 1U);
    EXPECT_TRUE(table_.delegates(39, 3, random_, now_).empty());
}

TEST_F(Table, EveryNodeOfABucketIsDrawnSoonerOrLater) {
    fill(127);
    std::set<std::uint16_t> drawn;
    for (int i = 0; i < 200; ++i) {
        for (const auto& delegate : table_.delegates(127, 3, random_, now_)) drawn.insert(delegate.to.port);
    }
    EXPECT_EQ(drawn.size(), kBucketNodes);
}

TEST_F(Table, ConfirmedNodesThatAreAliveComeFirst) {
    for (std::uint32_t i = 0; i < kBucketNodes; ++i) (void)table_.insert(node_at(127, i), now_);
    for (const std::uint32_t i : {3U, 7U, 11U}) table_.confirm(node_at(127, i).id);
    for (int i = 0; i < 20; ++i) {
        std::set<std::uint16_t> drawn;
        for (const auto& delegate : table_.delegates(127, 3, random_, now_)) drawn.insert(delegate.to.port);
        EXPECT_THAT(drawn, testing::ElementsAre(1003, 1007, 1011));
    }
    EXPECT_EQ(table_.draw(5, random_, now_ + 10s).size(), 5U);
    const auto alive = table_.draw(3, random_, now_ + 10s);
    EXPECT_THAT(alive, testing::UnorderedElementsAre(address(1003), address(1007), address(1011)));
}

TEST_F(Table, TheClosestByBucket) {
    for (std::uint8_t height = 100; height < 130 && height < 128; ++height) fill(height, 1);
    const NodeId target = node_at(110, 0).id;
    const auto closest = table_.closest(target);
    EXPECT_EQ(closest.size(), kBucketNodes);
    std::optional<std::uint8_t> last;
    for (const KnownNode* node : closest) {
        const auto height = distance(target, node->identity.id);
        ASSERT_TRUE(height.has_value());  // not the target itself
        if (last) EXPECT_GE(*height, *last);
        last = height;
    }
}

TEST_F(Table, StaleBuckets) {
    EXPECT_EQ(table_.stale_heights(now_).size(), 128U);
    fill(127, 2);
    fill(45, 1);
    EXPECT_EQ(table_.stale_heights(now_).size(), 126U);
    (void)table_.insert(node_at(127, 0), now_ + 30min);
    (void)table_.insert(node_at(45, 0), now_ + 30min);
    EXPECT_THAT(table_.stale_heights(now_ + 61min), testing::Contains(127));  // its other node was silent
    EXPECT_THAT(table_.stale_heights(now_ + 61min), testing::Not(testing::Contains(45)));
}

TEST_F(Table, HeightsWithFewNodes) {
    EXPECT_TRUE(table_.thin_heights(2, now_).empty());  // nobody is there who could be asked
    fill(127, 3);
    fill(125, 2);
    fill(124, 1);
    for (const auto& bucket : table_.buckets()) {
        for (const auto& node : std::vector(bucket.nodes)) table_.confirm(node.identity.id);
    }
    EXPECT_THAT(table_.thin_heights(2, now_), testing::ElementsAre(124, 126));
    EXPECT_THAT(table_.thin_heights(3, now_), testing::ElementsAre(124, 125, 126));
    (void)table_.insert(node_at(127, 0), now_ + 30min);
    EXPECT_THAT(table_.thin_heights(1, now_ + 30min), testing::ElementsAre(124, 125, 126));  // the others are silent
}

}  // namespace
}  // namespace dusk::kadcast
