#include "rpc/network_report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rpc/node_metrics.hpp"

namespace dusk::rpc {
namespace {

using testing::HasSubstr;

node::NetworkView sample() {
    node::NetworkView out;
    out.self = {.ip = ByteArray<4>{127, 0, 0, 1}, .port = 9100};
    out.listening = {.ip = ByteArray<4>{}, .port = 9101};
    out.id = {0xab};
    out.nonce = {1, 2, 3, 4};
    out.network = 100;
    out.unix_offset = std::chrono::hours(1);
    out.peers = {{.address = {.ip = ByteArray<4>{127, 0, 0, 1}, .port = 9102},
                  .id = {1},
                  .height = 126,
                  .is_alive = true,
                  .silent_for = std::chrono::milliseconds(40),
                  .round_trip = std::chrono::microseconds(321)},
                 {.address = {.ip = ByteArray<4>{127, 0, 0, 1}, .port = 9103}, .id = {2}, .height = 127}};
    out.counts.topics[17] = {
        .received = 5, .received_bytes = 1000, .sent = 2, .late_datagrams = 30, .dropped = 1, .of_nobody = 4};
    out.counts.wrong_source = 9;
    out.counts.datagrams_sent = 77;
    return out;
}

TEST(NetworkReport, TellsWhoTheNodeIsAndWhatItCounts) {
    const auto json = network_summary(sample());
    EXPECT_EQ(json["address"], "127.0.0.1:9100");
    EXPECT_EQ(json["listening"], "0.0.0.0:9101");
    EXPECT_EQ(json["id"], "ab000000000000000000000000000000");
    EXPECT_EQ(json["nonce"], "01020304");
    EXPECT_EQ(json["network_id"], 100);
    EXPECT_EQ(json["known"], 2);
    EXPECT_EQ(json["alive"], 1);
    EXPECT_EQ(json["kinds"]["validation"]["late_datagrams"], 30);
    EXPECT_EQ(json["kinds"]["validation"]["of_nobody"], 4);
    EXPECT_EQ(json["datagrams"]["wrong_source"], 9);
}

TEST(NetworkReport, TellsOfPeers) {
    const auto json = network_peers(sample());
    ASSERT_EQ(json["peers"].size(), 2U);
    EXPECT_EQ(json["peers"][0]["address"], "127.0.0.1:9102");
    EXPECT_EQ(json["peers"][0]["bucket"], 126);
    EXPECT_EQ(json["peers"][0]["round_trip_us"], 321);
    EXPECT_EQ(json["peers"][1]["alive"], false);
    EXPECT_TRUE(json["peers"][1]["round_trip_us"].is_null());
}

TEST(NetworkReport, TellsOfObjectsInUnixTime) {
    const node::TracedObject object{.number = 8,
                                    .topic = 16,
                                    .height = 3,
                                    .bytes = 900,
                                    .chunks = 6,
                                    .first = MonotonicTime(std::chrono::seconds(2)),
                                    .complete = MonotonicTime(std::chrono::seconds(3))};
    const auto json = network_objects(sample(), {.objects = {object}, .last = 8});
    EXPECT_EQ(json["last"], 8);
    EXPECT_EQ(json["objects"][0]["kind"], "candidate");
    EXPECT_EQ(json["objects"][0]["first_us"], 3'602'000'000);
    EXPECT_EQ(json["objects"][0]["complete_us"], 3'603'000'000);
}

TEST(NodeMetrics, AreInTheFormOfPrometheus) {
    node::NodeStatus status;
    status.core.chain.tip = {42};
    status.network = std::make_shared<const node::NetworkView>(sample());
    const std::string text = node_metrics(status);
    for (const char* line : {"dusk_chain_height 42\n", "dusk_network_peers{state=\"alive\"} 1\n",
                             "dusk_network_peers{state=\"silent\"} 1\n",
                             "dusk_network_messages_total{direction=\"received\",kind=\"validation\"} 5\n",
                             "dusk_network_messages_total{direction=\"sent\",kind=\"validation\"} 2\n",
                             "dusk_network_late_datagrams_total{kind=\"validation\"} 30\n",
                             "dusk_network_messages_of_nobody_total{kind=\"validation\"} 4\n",
                             "dusk_network_datagrams_dropped_total{reason=\"wrong_source\"} 9\n",
                             "dusk_network_datagrams_total{direction=\"sent\"} 77\n"}) {
        EXPECT_THAT(text, HasSubstr(line));
    }
    status.network.reset();  // before the start
    EXPECT_THAT(node_metrics(status), HasSubstr("dusk_chain_height 42\n"));
}

}  // namespace
}  // namespace dusk::rpc
