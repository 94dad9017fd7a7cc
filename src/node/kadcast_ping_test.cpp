#include "node/kadcast_ping.hpp"

#include <gtest/gtest.h>

#include "node/kadcast_transport.hpp"
#include "node/udp_socket.hpp"

namespace dusk::node {
namespace {

using namespace std::chrono_literals;

class KadcastPingTest : public testing::Test {
  protected:
    void SetUp() override { ASSERT_TRUE(node_.start()); }
    [[nodiscard]] PingSettings settings() const {
        return {.target = node_.self(), .network = 100, .count = 3, .interval = 5ms, .patience = 200ms};
    }

    boost::asio::io_context loop_{1};
    SystemClock clock_;
    KadcastTransport node_{loop_,
                           {.public_address = {.ip = ByteArray<4>{127, 0, 0, 1}, .port = 0},
                            .network = 100,
                            .difficulty = kadcast::kAcceptedDifficulty},
                           clock_,
                           [](std::span<const Received>, Standing) {},
                           Logger()};
};

TEST_F(KadcastPingTest, ANodeAnswers) {
    auto patient = settings();
    patient.patience = 10s;
    const auto report = ping_node(patient, clock_);
    ASSERT_TRUE(report) << report.error();
    EXPECT_EQ(report->sent, 3U);
    EXPECT_EQ(report->round_trips.size(), 3U);
    ASSERT_TRUE(report->answer);
    EXPECT_EQ(report->answer->version, kadcast::Version{});
    EXPECT_EQ(report->answer->header.network, 100);
    EXPECT_EQ(report->answer->header.id, kadcast::id_of(node_.self()));
    EXPECT_GE(report->answer->difficulty, kadcast::kAcceptedDifficulty);
    EXPECT_TRUE(is_loopback(report->own));
}

TEST_F(KadcastPingTest, ANodeOfAnotherNetworkDoesNot) {
    auto other = settings();
    other.network = 1;
    const auto report = ping_node(other, clock_);
    ASSERT_TRUE(report);
    EXPECT_EQ(report->sent, 3U);
    EXPECT_TRUE(report->round_trips.empty());
    EXPECT_FALSE(report->answer);
}

TEST_F(KadcastPingTest, NorDoesNobody) {
    const auto gone = UdpSocket::bound({.ip = ByteArray<4>{127, 0, 0, 1}, .port = 0}).value();
    auto nobody = settings();
    nobody.target = gone.local_address();
    const auto report = ping_node(nobody, clock_);
    ASSERT_TRUE(report);
    EXPECT_FALSE(report->answer);
}

// What does not come from where it says is not answered.
TEST_F(KadcastPingTest, ThePublicAddressMustBeTheOneThatTheNodeSees) {
    auto wrong = settings();
    wrong.public_address = SocketAddress{.ip = ByteArray<4>{192, 0, 2, 1}, .port = 0};
    const auto report = ping_node(wrong, clock_);
    ASSERT_TRUE(report);
    EXPECT_FALSE(report->answer);
    wrong.public_address = SocketAddress{.ip = ByteArray<16>{1}, .port = 9};
    EXPECT_FALSE(ping_node(wrong, clock_));
}

TEST_F(KadcastPingTest, ListensWhereItIsTold) {
    auto elsewhere = settings();
    elsewhere.listen_address = SocketAddress{.ip = ByteArray<4>{}, .port = 0};
    elsewhere.patience = 10s;
    const auto report = ping_node(elsewhere, clock_);
    ASSERT_TRUE(report) << report.error();
    EXPECT_TRUE(report->answer);
    EXPECT_TRUE(is_wildcard(report->listening));
    EXPECT_EQ(report->own.port, report->listening.port);
}

}  // namespace
}  // namespace dusk::node
