#include "rpc/forwarded.hpp"

#include <gtest/gtest.h>

#include <string>

namespace dusk::rpc {
namespace {

namespace ip = boost::asio::ip;

node::ProxySettings proxies(std::string header = "X-Forwarded-For") {
    node::ProxySettings out{.header = std::move(header)};
    for (const char* range : {"127.0.0.1", "10.0.0.0/8", "2001:db8::/32"})
        out.trusted.push_back(*node::parse_address_range(range));
    return out;
}

std::string client(std::vector<std::string_view> lines, const char* from = "127.0.0.1",
                   const node::ProxySettings& settings = proxies()) {
    return client_of(ip::make_address(from), lines, settings).to_string();
}

TEST(Forwarded, OnlyATrustedProxyIsBelieved) {
    EXPECT_EQ(client({"192.0.2.7"}), "192.0.2.7");
    EXPECT_EQ(client({"192.0.2.7"}, "::ffff:10.1.2.3"), "192.0.2.7");
    EXPECT_EQ(client({"192.0.2.7"}, "192.0.2.1"), "192.0.2.1");
    EXPECT_EQ(client({}), "127.0.0.1");
    EXPECT_EQ(client({"192.0.2.7"}, "127.0.0.1", {}), "127.0.0.1");
}

// What a client writes itself stands before what proxies add.
TEST(Forwarded, AClientCannotNameAnother) {
    EXPECT_EQ(client({"198.51.100.1, 192.0.2.7"}), "192.0.2.7");
    EXPECT_EQ(client({"198.51.100.1", "192.0.2.7"}), "192.0.2.7");
    EXPECT_EQ(client({"10.0.0.1, 192.0.2.7, 10.0.0.2, 10.0.0.3"}), "192.0.2.7");  // through two proxies
    EXPECT_EQ(client({"10.0.0.1", "10.0.0.2"}), "10.0.0.1");                      // a proxy that asks by itself
}

TEST(Forwarded, WhatIsNoAddressEndsIt) {
    for (const std::string_view junk :
         {"", ",", "unknown", "_hidden", "192.0.2.7.", "192.0.2.256", "1", "%", "fe80::1%lo", "[::1", "[::1]x", "::1]",
          "192.0.2.7:", "192.0.2.7:x", "[::1]:", "\"192.0.2.7\"", "192.0.2.7 192.0.2.8", "http://192.0.2.7"}) {
        EXPECT_EQ(client({junk}), "127.0.0.1") << junk;
        const std::string behind = "192.0.2.7, " + std::string(junk) + ", 10.0.0.9";
        EXPECT_EQ(client({behind}), "10.0.0.9") << junk;
    }
    EXPECT_EQ(client({std::string(100'000, '1')}), "127.0.0.1");
}

TEST(Forwarded, FormsOfAnAddress) {
    EXPECT_EQ(client({"192.0.2.7:4711"}), "192.0.2.7");
    EXPECT_EQ(client({" \t2001:db9::1 "}), "2001:db9::1");
    EXPECT_EQ(client({"[2001:db9::1]"}), "2001:db9::1");
    EXPECT_EQ(client({"[2001:db9::1]:4711"}), "2001:db9::1");
}

TEST(Forwarded, TheHeaderOfRfc7239) {
    const node::ProxySettings settings = proxies("Forwarded");
    const auto read = [&](std::vector<std::string_view> lines) {
        return client(std::move(lines), "127.0.0.1", settings);
    };
    EXPECT_EQ(read({"for=192.0.2.43"}), "192.0.2.43");
    EXPECT_EQ(read({"For=\"[2001:db9:cafe::17]:4711\""}), "2001:db9:cafe::17");
    EXPECT_EQ(read({"for=198.51.100.17;by=203.0.113.60;proto=http;host=example.com"}), "198.51.100.17");
    EXPECT_EQ(read({"proto=http; by=203.0.113.43; for=192.0.2.43"}), "192.0.2.43");
    EXPECT_EQ(read({"for=198.51.100.1, for=192.0.2.43, for=10.0.0.1"}), "192.0.2.43");
    for (const std::string_view junk : {"192.0.2.43", "for=unknown", "for=_mdn", "for=", "for=\"", "by=192.0.2.43", ";",
                                        "=", "for=\"_a,for=192.0.2.43\""}) {
        EXPECT_EQ(read({junk}), "127.0.0.1") << junk;
    }
}

// However long it is, few of it are looked at.
TEST(Forwarded, ManyAddresses) {
    std::string many = "192.0.2.7";
    for (int i = 0; i < 1000; ++i) many += ", 10.0.0." + std::to_string(i % 256);
    EXPECT_TRUE(client({many}).starts_with("10.0.0."));
}

}  // namespace
}  // namespace dusk::rpc
