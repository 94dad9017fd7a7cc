#include "node/time_share.hpp"

#include <gtest/gtest.h>

namespace dusk::node {
namespace {

using namespace std::chrono_literals;

constexpr MonotonicTime kNow{1h};

// Work of 1 ms each, all the time: of a second a half goes to it, and the burst at the beginning.
TEST(TimeShare, IsKeptTo) {
    TimeShare share(2, 20ms);
    EXPECT_LE(share.free_from(), kNow);
    int done = 0;
    for (MonotonicTime now = kNow; now < kNow + 1s;) {
        if (share.free_from() <= now) {
            ++done;
            now += 1ms;
            share.spend(1ms, now);
        } else {
            now = share.free_from();
        }
    }
    EXPECT_GE(done, 500);
    EXPECT_LE(done, 525);
    // What takes very long is paid for afterwards.
    share.spend(1s, kNow + 1s);
    EXPECT_GT(share.free_from(), kNow + 2s);
    EXPECT_LE(share.free_from(), kNow + 4s);
    share.forgive(kNow + 1s);
    EXPECT_LE(share.free_from(), kNow + 1s);
}

// A pause saves no more than the burst.
TEST(TimeShare, APauseGivesOneBurst) {
    TimeShare share(2, 20ms);
    int done = 0;
    for (; share.free_from() <= kNow; ++done) share.spend(1ms, kNow);
    EXPECT_EQ(done, 21);
}

}  // namespace
}  // namespace dusk::node
