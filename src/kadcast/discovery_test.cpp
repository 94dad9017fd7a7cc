#include "kadcast/discovery.hpp"

#include <gtest/gtest.h>

namespace dusk::kadcast {
namespace {

using namespace std::chrono_literals;

constexpr MonotonicTime kStart{1h};

SocketAddress node(std::size_t number) {
    ByteArray<4> ip{};
    store_le(ip.data(), static_cast<std::uint32_t>(number));
    return {ip, 9000};
}

TEST(Discovery, AnswersAreWaitedForAWhile) {
    Discovery discovery(3, 1h);
    EXPECT_FALSE(discovery.is_expected(node(1)));
    EXPECT_TRUE(discovery.expect(node(1), kStart));
    EXPECT_TRUE(discovery.is_expected(node(1)));
    discovery.forget_requests(kStart + Discovery::kPatience - 1ns);
    EXPECT_TRUE(discovery.is_expected(node(1)));
    discovery.forget_requests(kStart + Discovery::kPatience);
    EXPECT_FALSE(discovery.is_expected(node(1)));
}

TEST(Discovery, RequestsUnderWayAreBounded) {
    Discovery discovery(3, 1h);
    for (std::size_t i = 0; i < Discovery::kMostExpected; ++i) EXPECT_TRUE(discovery.expect(node(i), kStart + 1s));
    EXPECT_FALSE(discovery.expect(node(Discovery::kMostExpected), kStart + 1s));
    EXPECT_TRUE(discovery.expect(node(7), kStart + 2s));  // it is waited for in any case
    // Those that were not answered make room.
    const MonotonicTime late = kStart + 1s + Discovery::kPatience;
    EXPECT_TRUE(discovery.expect(node(Discovery::kMostExpected), late));
    EXPECT_FALSE(discovery.is_expected(node(8)));
    EXPECT_TRUE(discovery.is_expected(node(7)));
}

TEST(Discovery, TooFewPeersAreAskedForMoreAndMoreSeldom) {
    Discovery discovery(3, 1h);
    discovery.set_bootstrap({node(1), node(2)}, kStart);
    EXPECT_EQ(discovery.due_bootstrap(0, kStart).size(), 2U);
    EXPECT_TRUE(discovery.due_bootstrap(2, kStart + 499ms).empty());
    EXPECT_EQ(discovery.wakeup(), kStart + 500ms);
    EXPECT_EQ(discovery.due_bootstrap(2, kStart + 500ms).size(), 2U);
    EXPECT_TRUE(discovery.due_bootstrap(2, kStart + 1499ms).empty());
    EXPECT_EQ(discovery.due_bootstrap(2, kStart + 1500ms).size(), 2U);
    EXPECT_TRUE(discovery.due_bootstrap(3, kStart + 1h).empty());
    EXPECT_EQ(discovery.due_bootstrap(2, kStart + 1h).size(), 2U);  // as at the beginning
}

}  // namespace
}  // namespace dusk::kadcast
