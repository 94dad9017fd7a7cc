#include "node/seen_messages.hpp"

#include <gtest/gtest.h>

namespace dusk::node {
namespace {

using namespace std::chrono_literals;

SeenMessages::Digest digest(std::uint8_t number) { return SeenMessages::digest_of(Bytes{number}); }

TEST(SeenMessages, RemembersForItsTimeAndForgets) {
    SeenMessages seen(100, 30s);
    const MonotonicTime start(1000s);
    EXPECT_EQ(seen.find(digest(1), start), nullptr);
    seen.add(digest(1), Peer{.port = 5}, start);
    ASSERT_NE(seen.find(digest(1), start + 29s), nullptr);
    EXPECT_EQ(seen.find(digest(1), start + 29s)->from->port, 5);
    EXPECT_NE(seen.find(digest(1), start + 31s), nullptr);
    EXPECT_EQ(seen.find(digest(1), start + 62s), nullptr);
    EXPECT_EQ(seen.size(), 0U);
    seen.add(digest(1), {}, start + 70s);
    EXPECT_EQ(seen.find(digest(1), start + 1000s), nullptr);  // after a long silence too
}

TEST(SeenMessages, IsBounded) {
    SeenMessages seen(10, 30s);
    const MonotonicTime now(1000s);
    for (std::uint8_t i = 0; i < 250; ++i) {
        seen.add(digest(i), {}, now);
        EXPECT_LE(seen.size(), 20U);
        EXPECT_NE(seen.find(digest(i), now), nullptr);
        if (i >= 9) EXPECT_NE(seen.find(digest(i - 9), now), nullptr);
    }
    EXPECT_EQ(seen.find(digest(0), now), nullptr);
}

}  // namespace
}  // namespace dusk::node
