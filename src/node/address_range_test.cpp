#include "node/address_range.hpp"

#include <gtest/gtest.h>

namespace dusk::node {
namespace {

bool contains(const char* range, const char* address) {
    const auto parsed = parse_address_range(range);
    EXPECT_TRUE(parsed) << range;
    return parsed && parsed->contains(boost::asio::ip::make_address(address));
}

TEST(AddressRange, WhatIsInIt) {
    EXPECT_TRUE(contains("192.0.2.1", "192.0.2.1"));
    EXPECT_TRUE(contains("192.0.2.1", "::ffff:192.0.2.1"));
    EXPECT_FALSE(contains("192.0.2.1", "192.0.2.2"));
    EXPECT_TRUE(contains("10.0.0.0/8", "10.255.1.2"));
    EXPECT_FALSE(contains("10.0.0.0/8", "11.0.0.0"));
    EXPECT_TRUE(contains("172.16.0.0/12", "172.31.255.255"));
    EXPECT_FALSE(contains("172.16.0.0/12", "172.32.0.0"));
    EXPECT_TRUE(contains("172.16.5.5/12", "172.16.0.1"));  // what is behind the length does not count
    EXPECT_TRUE(contains("2001:db8::/33", "2001:db8:7fff::1"));
    EXPECT_FALSE(contains("2001:db8::/33", "2001:db8:8000::1"));
    EXPECT_FALSE(contains("10.0.0.0/8", "a00::1"));
    EXPECT_TRUE(contains("::1/128", "::1"));
    EXPECT_TRUE(contains("0.0.0.0/1", "127.0.0.1"));
    EXPECT_FALSE(contains("0.0.0.0/1", "::1"));
}

TEST(AddressRange, OtherTexts) {
    for (const char* text :
         {"", "/", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/0", "::/0", "::/129", "10.0.0/8", "10.0.0.0/8x", "10.0.0.0/-1",
          "10.0.0.0/ 8", "proxy", "10.0.0.0:80", "[::1]", "10.0.0.0/8/8"}) {
        EXPECT_FALSE(parse_address_range(text)) << text;
    }
}

}  // namespace
}  // namespace dusk::node
