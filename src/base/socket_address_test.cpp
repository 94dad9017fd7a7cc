#include "base/socket_address.hpp"

#include <gtest/gtest.h>

namespace dusk {
namespace {

TEST(SocketAddress, AsText) {
    EXPECT_EQ((SocketAddress{ByteArray<4>{192, 168, 1, 2}, 9000}.to_text()), "192.168.1.2:9000");
    const auto sixteen = [](const ByteArray<16>& ip) { return SocketAddress{ip, 80}.to_text(); };
    EXPECT_EQ(sixteen({}), "[::]:80");
    EXPECT_EQ(sixteen({0x20, 1, 0x0d, 0xb8}), "[2001:db8::]:80");
    EXPECT_EQ(sixteen({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}), "[::1]:80");
    EXPECT_EQ(sixteen({0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1}), "[1:0:0:1::1]:80");    // the longest run
    EXPECT_EQ(sixteen({0, 1, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 1}), "[1::1:1:0:0:1]:80");  // the first of two
    EXPECT_EQ(sixteen({0, 1, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1}), "[1:0:1:1:1:1:1:1]:80");
    EXPECT_EQ(sixteen({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 1, 2, 3, 4}), "[::ffff:1.2.3.4]:80");
}

}  // namespace
}  // namespace dusk
