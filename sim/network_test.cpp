#include "sim/network.hpp"

#include <gtest/gtest.h>

#include <queue>
#include <set>

namespace dusk::sim {
namespace {

consensus::MessagePtr some_message(std::uint64_t round = 1) {
    return std::make_shared<const ledger::Message>(
        ledger::Message{{}, ledger::QuorumMessage{.header = {{}, round, 0}, .attestation = {}}});
}

// Nodes that pass on whatever they get, at once.
class Net {
  public:
    Net(std::size_t nodes, Broadcasting how)
        : network(nodes, 1, how,
                  [this](SimTime at, NodeIndex from, NodeIndex to, const consensus::MessagePtr& message) {
                      waiting_.push({at, from, to, message});
                  }),
          got(nodes) {}

    void run(bool pass_on = true) {
        while (!waiting_.empty()) {
            const auto next = waiting_.top();
            waiting_.pop();
            ++got[next.to];
            if (pass_on) network.broadcast(next.to, next.message, next.at);
        }
    }

    Network network;
    std::vector<int> got;

  private:
    struct Arrival {
        SimTime at;
        NodeIndex from;
        NodeIndex to;
        consensus::MessagePtr message;
        bool operator<(const Arrival& other) const { return at > other.at; }
    };
    std::priority_queue<Arrival> waiting_;
};

TEST(Network, GivesABroadcastToEveryOtherNodeOnce) {
    for (const Broadcasting how : {Broadcasting::direct, Broadcasting::tree}) {
        for (const std::size_t nodes : {2U, 3U, 4U, 7U, 8U, 9U, 100U, 257U}) {
            Net net(nodes, how);
            net.network.broadcast(1, some_message(), SimTime{});
            net.run();
            for (NodeIndex i = 0; i < nodes; ++i) EXPECT_EQ(net.got[i], i == 1 ? 0 : 1) << nodes << " " << i;
        }
    }
}

TEST(Network, ATreeNeedsThoseWhoPassOn) {
    Net net(200, Broadcasting::tree);
    net.network.broadcast(0, some_message(), SimTime{});
    net.run(false);
    int got = 0;
    for (const int one : net.got) got += one;
    EXPECT_GT(got, 5);
    EXPECT_LT(got, 40);
}

TEST(Network, TheSameContentIsTheSameBroadcast) {
    Net net(3, Broadcasting::direct);
    net.network.broadcast(0, some_message(), SimTime{});
    net.network.broadcast(0, some_message(), SimTime{});
    net.run();
    EXPECT_EQ(net.got[1], 1);
    net.network.broadcast(0, some_message(2), SimTime{});
    net.run();
    EXPECT_EQ(net.got[1], 2);
}

TEST(Network, PartitionsKeepGroupsApart) {
    Net net(4, Broadcasting::direct);
    net.network.partition({0, 0, 1, 1});
    net.network.broadcast(0, some_message(), SimTime{});
    net.run();
    EXPECT_EQ(net.got, (std::vector{0, 1, 0, 0}));
    net.network.heal();
    net.network.broadcast(1, some_message(2), SimTime{});
    net.run();
    EXPECT_EQ(net.got, (std::vector{1, 1, 1, 1}));
}

TEST(Network, ACutIsWalkedAround) {
    Net net(4, Broadcasting::direct);
    net.network.cut(0, 1);
    net.network.send(0, 1, some_message(), SimTime{});
    net.run(false);
    EXPECT_EQ(net.got[1], 0);
    net.network.broadcast(0, some_message(2), SimTime{});
    net.run();
    EXPECT_EQ(net.got[1], 1);
    net.network.mend(0, 1);
    EXPECT_TRUE(net.network.is_reachable(0, 1));
}

TEST(Network, LosesAndDoublesAsTheWeatherSays) {
    Net net(2, Broadcasting::direct);
    net.network.weather.loss = 1;
    net.network.send(0, 1, some_message(), SimTime{});
    net.run(false);
    EXPECT_EQ(net.got[1], 0);
    EXPECT_EQ(net.network.lost(), 1);
    net.network.weather.loss = 0;
    net.network.weather.duplication = 1;
    net.network.send(0, 1, some_message(), SimTime{});
    net.run(false);
    EXPECT_EQ(net.got[1], 2);
}

TEST(Network, ForgetsOldBroadcasts) {
    Net net(3, Broadcasting::direct);
    for (std::uint64_t i = 0; i < 1000; ++i) {
        net.network.broadcast(0, some_message(i), SimTime(std::chrono::seconds(i)));
        net.run(false);
    }
    EXPECT_LT(net.network.flights(), 200);
}

TEST(Network, PeersAreOthersAndDiffer) {
    Net net(5, Broadcasting::direct);
    for (std::size_t count = 1; count < 8; ++count) {
        const auto peers = net.network.some_peers(2, count);
        EXPECT_EQ(peers.size(), std::min<std::size_t>(count, 4));
        EXPECT_EQ(std::ranges::count(peers, NodeIndex{2}), 0);
        EXPECT_EQ(std::set(peers.begin(), peers.end()).size(), peers.size());
    }
}

}  // namespace
}  // namespace dusk::sim
