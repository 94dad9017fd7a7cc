#include "rpc/client_limits.hpp"

#include <gtest/gtest.h>

#include "rpc/access_policy.hpp"

namespace dusk::rpc {
namespace {

using namespace std::chrono_literals;
namespace ip = boost::asio::ip;

ip::address at(const char* text) { return ip::make_address(text); }

constexpr node::ClientSettings kSettings{.rps = 10, .burst = 5};

TEST(ClientLimits, ABucketThatFills) {
    ClientLimits limits(kSettings);
    MonotonicTime now{};
    const auto take = [&](std::uint32_t cost = 1) { return limits.take(at("192.0.2.1"), cost, now); };
    for (int i = 0; i < 5; ++i) EXPECT_FALSE(take());
    EXPECT_EQ(take(), 1s);
    now += 99ms;
    EXPECT_EQ(take(), 1s);
    now += 1ms;
    EXPECT_FALSE(take());
    EXPECT_EQ(take(), 1s);
    // It holds no more than that, however long nobody asks.
    now += 10s;
    for (int i = 0; i < 5; ++i) EXPECT_FALSE(take());
    EXPECT_TRUE(take());
}

TEST(ClientLimits, WhatCostsMoreWaitsLonger) {
    ClientLimits limits({.rps = 1, .burst = 100});
    const MonotonicTime now{};
    const std::uint32_t cost = cost_of(node::RequestClass::feeder_query);
    EXPECT_GT(cost, cost_of(node::RequestClass::contract_query));
    EXPECT_FALSE(limits.take(at("192.0.2.1"), 70, now));
    EXPECT_EQ(limits.take(at("192.0.2.1"), cost, now), 20s);
    EXPECT_FALSE(limits.take(at("192.0.2.1"), 1, now));
    // One that costs more than the bucket holds is let through when it is full.
    ClientLimits narrow({.rps = 1, .burst = 10});
    EXPECT_FALSE(narrow.take(at("192.0.2.1"), cost, now));
    EXPECT_EQ(narrow.take(at("192.0.2.1"), cost, now + 10s), 40s);
    EXPECT_FALSE(narrow.take(at("192.0.2.1"), cost, now + 50s));
}

TEST(ClientLimits, WhoIsTheSameClient) {
    const auto same = [](const char* a, const char* b) { return ClientKey(at(a)) == ClientKey(at(b)); };
    EXPECT_FALSE(same("192.0.2.1", "192.0.2.2"));
    EXPECT_TRUE(same("192.0.2.1", "::ffff:192.0.2.1"));
    EXPECT_TRUE(same("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff"));
    EXPECT_FALSE(same("2001:db8:1:2::1", "2001:db8:1:3::1"));
    EXPECT_FALSE(same("::", "0.0.0.0"));
}

TEST(ClientLimits, ThisMachineIsLimitedWhereTheOperatorSaysSo) {
    node::ClientSettings settings = kSettings;
    const auto refused = [&](const char* client) {
        ClientLimits limits(settings);
        std::size_t out = 0;
        for (int i = 0; i < 100; ++i) out += limits.take(at(client), 1, MonotonicTime{}) ? 1 : 0;
        return out;
    };
    for (const char* client : {"127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"})
        EXPECT_EQ(refused(client), 0U) << client;
    EXPECT_EQ(refused("192.0.2.1"), 95U);
    settings.loopback = true;
    EXPECT_EQ(refused("::1"), 95U);
    settings.limited = false;
    EXPECT_EQ(refused("192.0.2.1"), 0U);
}

// What is remembered has a bound, whoever comes, and who asked most is forgotten last.
TEST(ClientLimits, TheTableIsBounded) {
    constexpr std::size_t kMost = 1000;
    ClientLimits limits(kSettings, kMost);
    const ip::address greedy = at("192.0.2.1");
    MonotonicTime now{};
    while (!limits.take(greedy, 1, now)) {
    }
    for (std::uint32_t i = 0; i < 20'000; ++i) {
        EXPECT_FALSE(limits.take(ip::make_address_v4(0x0a00'0000 + i), 1, now));
        EXPECT_LE(limits.clients(), kMost);
        if (i % 100 == 0) EXPECT_TRUE(limits.take(greedy, 1, now)) << i;
        now += 1us;
    }
    // All have asked long ago: nobody has to be remembered.
    now += 10s;
    for (std::uint32_t i = 0; limits.clients() > 1; ++i) {
        ASSERT_LT(i, 2 * kMost);
        EXPECT_FALSE(limits.take(ip::make_address_v4(0x0b00'0000 + i), 1, now));
    }
}

// The defaults, as clients behave that are known: a wallet that opens, an explorer, one that looks for its notes one by
// one.
TEST(ClientLimits, HonestClientsNeverMeetThem) {
    AccessPolicy policy{node::HttpSettings{}};
    MonotonicTime now{};
    const auto ask = [&](RequestClass kind, MonotonicTime::duration pause) {
        const HttpRequest request{
            .method = "POST", .path = "/on/x", .headers = {}, .body = {}, .client = at("192.0.2.1")};
        const bool out = policy.admit(request, kind, now).has_value();
        now += pause;
        return out;
    };
    for (int round = 0; round < 20; ++round) {
        EXPECT_TRUE(ask(RequestClass::feeder_query, 1s));
        for (int i = 0; i < 1000; ++i) EXPECT_TRUE(ask(RequestClass::contract_query, 10ms)) << i;
        for (int i = 0; i < 30; ++i) EXPECT_TRUE(ask(RequestClass::graphql, 0ms)) << i;
        for (int i = 0; i < 30; ++i) EXPECT_TRUE(ask(RequestClass::other_http, 100ms)) << i;
    }
    EXPECT_EQ(policy.counters().of_client, 0U);
}

TEST(ClientLimits, OneClientLeavesSomethingToOthers) {
    AccessPolicy policy{node::HttpSettings{}};
    MonotonicTime now{};
    std::size_t greedy = 0, others = 0;
    for (int i = 0; i < 200'000; ++i) {
        const auto ask = [&](const char* client) {
            const HttpRequest request{
                .method = "GET", .path = "/status", .headers = {}, .body = {}, .client = at(client)};
            return policy.admit(request, RequestClass::contract_query, now);
        };
        const auto answer = ask("192.0.2.1");
        greedy += answer ? 1 : 0;
        if (!answer) {
            EXPECT_EQ(answer.error().status, 429U);
        }
        if (i % 100 == 0) others += ask("192.0.2.2") ? 1 : 0;
        now += 1ms;
    }
    // 200 seconds: the bucket and 100 a second.
    EXPECT_NEAR(static_cast<double>(greedy), 2000 + 20'000, 2000);
    EXPECT_GT(others, 1900U);  // of 2000, since the bucket of the greedy one may use up a window at first
    EXPECT_GT(policy.counters().of_client, 150'000U);
}

TEST(ClientConnections, CountsTheOpenOnes) {
    ClientConnections connections(2, false);
    EXPECT_TRUE(connections.enter(at("192.0.2.1")));
    EXPECT_TRUE(connections.enter(at("192.0.2.1")));
    EXPECT_FALSE(connections.enter(at("192.0.2.1")));
    EXPECT_TRUE(connections.enter(at("192.0.2.2")));
    connections.leave(at("192.0.2.1"));
    EXPECT_TRUE(connections.enter(at("192.0.2.1")));
    for (int i = 0; i < 10; ++i) EXPECT_TRUE(connections.enter(at("::1")));
    ClientConnections unlimited(0, true);
    for (int i = 0; i < 1000; ++i) EXPECT_TRUE(unlimited.enter(at("::1")));
}

}  // namespace
}  // namespace dusk::rpc
