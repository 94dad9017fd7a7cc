#include "sim/kadcast/overlay_network.hpp"

#include <gtest/gtest.h>

#include "sim/kadcast/coding.hpp"
#include "sim/kadcast/experiment.hpp"

namespace dusk::sim {
namespace {

using std::chrono::seconds;

Wishes whole(std::size_t nodes) {
    return {.nodes = nodes, .seed = 11, .object_bytes = {300, 20'000}, .broadcasts = 5, .settling = seconds(60)};
}

TEST(OverlayNetwork, nodes_that_know_four_others_find_each_other_and_without_loss_all_have_all) {
    const auto outcome = run(whole(100));
    EXPECT_EQ(outcome.tables->unreachable, 0.0) << "a node knows somebody in every part of the network";
    EXPECT_GE(outcome.tables->fewest, 20U);
    for (const auto& [bytes, summary] : outcome.sizes) {
        EXPECT_EQ(summary.complete, 5U) << bytes;
        EXPECT_GT(summary.superfluous, 0.0);
    }
    EXPECT_EQ(outcome.counts.malformed + outcome.counts.wrong_source + outcome.counts.wrong_network, 0U);
    EXPECT_EQ(outcome.counts.limited + outcome.counts.refused, 0U) << "limits are for others than honest nodes";
}

TEST(OverlayNetwork, nodes_find_each_other_although_a_third_of_all_datagrams_is_lost) {
    auto wishes = whole(100);
    wishes.object_bytes = {300};
    wishes.broadcasts = 20;
    wishes.settling = seconds(120);
    wishes.links.loss = 0.3;
    const auto outcome = run(wishes);
    EXPECT_LT(outcome.tables->unreachable, 0.005);
    EXPECT_GT(outcome.sizes[0].summary.coverage, 0.995);
    EXPECT_GT(outcome.sizes[0].summary.least_coverage, 0.95) << "no part of the network is cut off";
}

TEST(OverlayNetwork, no_node_keeps_more_than_the_object_that_is_under_way) {
    auto wishes = whole(60);
    wishes.links.loss = 0.1;
    const auto outcome = run(wishes);
    EXPECT_GT(outcome.most_incomplete_bytes, 0U);
    EXPECT_LE(outcome.most_incomplete_bytes, 4U * 20'000);
    EXPECT_LE(outcome.tables->most, 60U);
}

TEST(OverlayNetwork, the_same_seed_gives_the_same_run) {
    auto wishes = whole(60);
    wishes.links.loss = 0.1;
    wishes.silent = 0.1;
    const auto once = run(wishes);
    const auto again = run(wishes);
    for (std::size_t i = 0; i < once.sizes.size(); ++i) {
        EXPECT_EQ(once.sizes[i].summary.latency, again.sizes[i].summary.latency);
        EXPECT_EQ(once.sizes[i].summary.received, again.sizes[i].summary.received);
    }
    EXPECT_EQ(once.idle->packets, again.idle->packets);
    EXPECT_EQ(once.counts.chunks, again.counts.chunks);
}

// The tables of the simulation that only counts are drawn, not learnt, and it knows no codes: it tells the same.
TEST(OverlayNetwork, counting_gives_what_whole_nodes_do) {
    auto wishes = whole(200);
    wishes.broadcasts = 10;
    const auto real = run(wishes);
    wishes.spreading = Spreading::counted;
    const auto counted = run(wishes);
    for (std::size_t i = 0; i < real.sizes.size(); ++i) {
        const auto& a = real.sizes[i].summary;
        const auto& b = counted.sizes[i].summary;
        EXPECT_EQ(a.coverage, b.coverage);
        EXPECT_NEAR(a.mean_hops, b.mean_hops, 0.3);
        EXPECT_NEAR(a.datagrams / b.datagrams, 1.0, 0.1);
        EXPECT_NEAR(a.latency[2] / b.latency[2], 1.0, 0.15);
    }
}

TEST(OverlayNetwork, after_a_while_nobody_counts_on_those_who_went_away) {
    OverlayNetworkSettings settings{.nodes = 150, .seed = 2};
    OverlayNetwork network(settings);
    network.join();
    network.run_for(seconds(60));
    std::vector<VirtualNode> gone;
    for (VirtualNode node = 100; node < 150; ++node) gone.push_back(node);
    network.silence(gone);
    network.run_for(seconds(60));
    for (VirtualNode origin = 0; origin < 20; ++origin) network.broadcast(origin, 2000);
    EXPECT_EQ(network.summary().complete, 20U);
    network.awaken(gone);
    network.run_for(seconds(60));
    network.forget_summary();
    for (VirtualNode origin = 100; origin < 120; ++origin) network.broadcast(origin, 2000);
    EXPECT_EQ(network.summary().complete, 20U);
}

TEST(OverlayNetwork, nodes_that_come_and_go_do_not_keep_objects_from_those_who_stay) {
    auto wishes = whole(150);
    wishes.object_bytes = {300};
    wishes.broadcasts = 20;
    wishes.after = seconds(120);
    wishes.churn = 0.1;
    const auto some = run(wishes);
    EXPECT_GT(some.sizes[0].summary.coverage, 0.99);
    EXPECT_GT(some.tables->silent, 0.0) << "nodes went away";
    EXPECT_EQ(run(wishes).sizes[0].summary.latency, some.sizes[0].summary.latency) << "the same seed";
    wishes.churn = 20;  // a node is there for three seconds
    EXPECT_LT(run(wishes).sizes[0].summary.coverage, 0.9);
}

// What a node had not sent when it went away is not sent.
TEST(OverlayNetwork, a_node_that_leaves_sends_nothing_more) {
    OverlayNetworkSettings settings{.nodes = 40, .seed = 3, .bootstrap_nodes = 1};
    settings.links.uplink = 1e5;  // a datagram takes a tenth of a second
    OverlayNetwork network(settings);
    network.join();
    network.run_for(seconds(60));
    network.broadcast(0, 20'000);
    EXPECT_EQ(network.summary().complete, 1U);
    const auto chunks = network.counts().chunks;
    network.begin_churn({.leaving = 30, .absence = std::chrono::hours(10)});  // all but the origin are soon gone
    network.broadcast(0, 20'000);
    EXPECT_GT(network.counts().chunks, chunks);
    EXPECT_LT(network.counts().chunks - chunks, chunks / 2);
}

}  // namespace
}  // namespace dusk::sim
