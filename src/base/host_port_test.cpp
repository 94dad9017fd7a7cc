#include "base/host_port.hpp"

#include <gtest/gtest.h>

namespace dusk {
namespace {

TEST(HostPort, SplitsAtTheLastColon) {
    const auto four = split_host_port("127.0.0.1:8080");
    ASSERT_TRUE(four);
    EXPECT_EQ(four->host, "127.0.0.1");
    EXPECT_EQ(four->port, 8080);
    const auto six = split_host_port("[::1]:65535");
    ASSERT_TRUE(six);
    EXPECT_EQ(six->host, "::1");
    EXPECT_EQ(six->port, 65535);
}

TEST(HostPort, RefusesWhatIsNeither) {
    for (const auto* wrong : {"", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:80x",
                              "::1:80", "[::1]", "[::1]80"}) {
        EXPECT_FALSE(split_host_port(wrong)) << wrong;
    }
}

}  // namespace
}  // namespace dusk
