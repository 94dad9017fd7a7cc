#include "sim/kadcast/counted_network.hpp"

#include <gtest/gtest.h>

#include "sim/kadcast/experiment.hpp"

namespace dusk::sim {
namespace {

Wishes counted(std::size_t nodes, Spreading spreading = Spreading::counted) {
    return {.spreading = spreading, .nodes = nodes, .seed = 5, .object_bytes = {300, 100'000}, .broadcasts = 5};
}

TEST(CountedNetwork, without_loss_all_nodes_have_all) {
    for (const auto& [bytes, summary] : run(counted(2000)).sizes) {
        EXPECT_EQ(summary.complete, 5U) << bytes;
        EXPECT_EQ(summary.coverage, 1.0);
        EXPECT_LE(summary.hops.size(), 20U) << "no longer ways than there are heights";
        EXPECT_LT(summary.superfluous, summary.received);
        // Each node needs as many datagrams as the object has.
        const auto coding = Coding::kadcast(bytes, {});
        const double datagram = static_cast<double>(coding.datagram_bytes + kUdpOverhead);
        EXPECT_NEAR(summary.received - summary.superfluous, datagram * static_cast<double>(coding.source), 1.0);
    }
}

TEST(CountedNetwork, the_same_seed_gives_the_same_run_and_another_one_another) {
    auto wishes = counted(300);
    wishes.links.loss = 0.2;
    const auto once = run(wishes).sizes[1].summary;
    const auto again = run(wishes).sizes[1].summary;
    wishes.seed = 6;
    const auto other = run(wishes).sizes[1].summary;
    EXPECT_EQ(once.latency, again.latency);
    EXPECT_EQ(once.received, again.received);
    EXPECT_NE(once.latency, other.latency);
}

TEST(CountedNetwork, repair_symbols_make_up_for_loss_and_without_them_it_shows) {
    auto wishes = counted(500);
    wishes.links.loss = 0.05;
    const auto coded = run(wishes).sizes[1].summary;
    EXPECT_EQ(coded.coverage, 1.0);
    wishes.fec = {.redundancy = 0, .least_repair = 0};
    const auto bare = run(wishes).sizes[1].summary;
    EXPECT_LT(bare.coverage, 1.0);
}

TEST(CountedNetwork, silent_nodes_get_nothing_and_pass_on_nothing) {
    auto wishes = counted(1000);
    wishes.silent = 0.9;
    const auto summary = run(wishes).sizes[0].summary;
    EXPECT_LT(summary.coverage, 0.9);
    EXPECT_GT(summary.coverage, 0.0);
}

TEST(CountedNetwork, flooding_reaches_all_and_sends_more) {
    const auto tree = run(counted(500)).sizes[1].summary;
    const auto flood = run(counted(500, Spreading::flood)).sizes[1].summary;
    EXPECT_EQ(flood.coverage, 1.0);
    EXPECT_GT(flood.received, 2 * tree.received);
}

TEST(CountedNetwork, what_is_sent_again_arrives_later_and_all_have_it) {
    auto wishes = counted(500, Spreading::flood);
    wishes.links.loss = 0.3;
    const auto lossy = run(wishes).sizes[1].summary;
    EXPECT_LT(lossy.coverage, 0.1) << "77 datagrams without repair symbols do not arrive together";
    wishes.is_reliable = true;
    const auto reliable = run(wishes).sizes[1].summary;
    EXPECT_EQ(reliable.coverage, 1.0);
    wishes.links.loss = 0;
    EXPECT_GT(reliable.latency[2], 1.5 * run(wishes).sizes[1].summary.latency[2]);
}

TEST(CountedNetwork, gossip_to_one_node_dies_out) {
    auto wishes = counted(500, Spreading::gossip);
    wishes.fanout = 1;
    EXPECT_LT(run(wishes).sizes[0].summary.coverage, 0.5);
    wishes.fanout = 12;
    EXPECT_GT(run(wishes).sizes[0].summary.coverage, 0.99);
}

}  // namespace
}  // namespace dusk::sim
