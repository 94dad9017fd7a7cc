#include "sim/kadcast/ways.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

namespace dusk::sim {
namespace {

TEST(KadcastWay, a_bucket_holds_twenty_of_those_who_belong_there_or_all) {
    constexpr std::size_t kNodes = 500;
    const Population population(kNodes, 3);
    const KadcastWay way(population, 3);
    for (VirtualNode node = 0; node < kNodes; ++node) {
        std::map<std::uint8_t, std::size_t> there;
        for (VirtualNode other = 0; other < kNodes; ++other) {
            const auto height = kadcast::distance(population.identity(node).id, population.identity(other).id);
            if (height) ++there[*height];
        }
        ASSERT_EQ(way.table(node).buckets().size(), there.size());
        for (const auto& bucket : way.table(node).buckets()) {
            EXPECT_EQ(bucket.nodes.size(), std::min(kadcast::kBucketNodes, there[bucket.height]));
        }
    }
}

TEST(KadcastWay, three_of_each_bucket_below_the_height_that_it_came_with) {
    const Population population(500, 3);
    KadcastWay way(population, 3);
    std::vector<Copy> copies;
    way.copies(0, {}, {}, copies);
    std::map<std::uint8_t, std::set<VirtualNode>> parts;
    for (const auto& copy : copies) parts[copy.height].insert(copy.to);
    EXPECT_EQ(parts.size(), way.table(0).buckets().size());
    for (const auto& [height, nodes] : parts) EXPECT_LE(nodes.size(), 3U);
    const auto highest = parts.rbegin()->first;
    EXPECT_EQ(parts[highest].size(), 3U);
    way.copies(0, 1, highest, copies);
    ASSERT_FALSE(copies.empty());
    for (const auto& copy : copies) EXPECT_LT(copy.height, highest);
    way.copies(0, 1, std::uint8_t{0}, copies);
    EXPECT_TRUE(copies.empty());
}

TEST(FloodWay, connections_go_both_ways_and_nothing_goes_back) {
    FloodWay way(50, 4, 1);
    std::vector<Copy> copies, back;
    for (VirtualNode node = 0; node < 50; ++node) {
        way.copies(node, {}, {}, copies);
        EXPECT_GE(copies.size(), 4U);
        const VirtualNode other = copies.front().to;
        way.copies(other, {}, {}, back);
        EXPECT_EQ(std::ranges::count(back, node, &Copy::to), 1);
        way.copies(other, node, {}, back);
        EXPECT_EQ(std::ranges::count(back, node, &Copy::to), 0);
    }
}

TEST(GossipWay, others_are_drawn_each_once) {
    GossipWay way(30, 10, 1);
    std::vector<Copy> copies;
    std::set<VirtualNode> all;
    for (int i = 0; i < 100; ++i) {
        way.copies(4, 5, {}, copies);
        std::set<VirtualNode> drawn;
        for (const auto& copy : copies) drawn.insert(copy.to);
        EXPECT_EQ(drawn.size(), 10U);
        EXPECT_FALSE(drawn.contains(4));
        all.merge(drawn);
    }
    EXPECT_EQ(all.size(), 29U);
}

}  // namespace
}  // namespace dusk::sim
