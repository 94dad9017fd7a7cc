#include "kadcast/source_limits.hpp"

#include <gtest/gtest.h>

namespace dusk::kadcast {
namespace {

using namespace std::chrono_literals;

constexpr MonotonicTime kStart{1h};

NodeId node(std::uint32_t number) {
    NodeId out;
    store_le(out.bytes.data(), number);
    return out;
}

TEST(SourceLimits, OneNodeDoesNotTakeFromAnother) {
    SourceLimits limits({.bytes_of_known = 1000, .bytes_of_strangers = 100});
    const NodeId one = node(1);
    const NodeId two = node(2);
    EXPECT_TRUE(limits.take_bytes(&one, 2000, kStart));
    EXPECT_FALSE(limits.take_bytes(&one, 1, kStart));
    EXPECT_TRUE(limits.take_bytes(&two, 2000, kStart));
    EXPECT_TRUE(limits.take_bytes(nullptr, 200, kStart));
    EXPECT_FALSE(limits.take_bytes(nullptr, 1, kStart));
}

TEST(SourceLimits, AnyNumberOfSourcesTakesBoundedMemory) {
    SourceLimits limits({.bytes_of_known = 1000, .bytes_of_strangers = 100});
    for (std::uint32_t i = 0; i < SourceLimits::kMostSources; ++i) {
        const NodeId id = node(i);
        EXPECT_TRUE(limits.take_bytes(&id, 1000, kStart));
    }
    // All are in use: one more counts as a stranger.
    const NodeId more = node(1'000'000);
    EXPECT_TRUE(limits.take_bytes(&more, 200, kStart));
    EXPECT_FALSE(limits.take_bytes(&more, 1, kStart));
    // Those who rested made room.
    EXPECT_TRUE(limits.take_bytes(&more, 2000, kStart + 3s));
}

TEST(SourceLimits, Newcomers) {
    SourceLimits limits({.newcomers = 10});
    for (int i = 0; i < 20; ++i) EXPECT_TRUE(limits.take_newcomer(kStart));
    EXPECT_FALSE(limits.take_newcomer(kStart));
    EXPECT_TRUE(limits.take_newcomer(kStart + 100ms));
}

}  // namespace
}  // namespace dusk::kadcast
