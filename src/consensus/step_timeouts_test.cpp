#include "consensus/step_timeouts.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace dusk::consensus {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

seconds base(std::vector<milliseconds> took, seconds least = kLeastStepTimeout) { return base_timeout(took, least); }

TEST(StepTimeouts, AreTheMeanInWholeSeconds) {
    EXPECT_EQ(base({milliseconds(8000)}), seconds(8));
    EXPECT_EQ(base({milliseconds(8001)}), seconds(9));
    EXPECT_EQ(base({milliseconds(8000), milliseconds(8001)}), seconds(8));  // half a millisecond
    EXPECT_EQ(base({milliseconds(8000), milliseconds(8002)}), seconds(9));
    EXPECT_EQ(base({milliseconds(9000), milliseconds(11'000), milliseconds(13'000)}), seconds(11));
}

TEST(StepTimeouts, HaveBounds) {
    EXPECT_EQ(base({milliseconds(0)}), seconds(7));
    EXPECT_EQ(base({milliseconds(39'001)}), seconds(40));
    EXPECT_EQ(base({milliseconds(4'294'967'295)}), seconds(40));
    EXPECT_EQ(base({milliseconds(1)}, seconds(2)), seconds(2));
    EXPECT_EQ(base({milliseconds(1)}, seconds(50)), seconds(40));
}

TEST(StepTimeouts, KnowNothingAtFirst) {
    EXPECT_EQ(base_timeout(std::nullopt), seconds(40));
    EXPECT_EQ(base({}), seconds(7));
    EXPECT_EQ(base({}, seconds(2)), seconds(2));
}

TEST(StepTimeouts, GrowWithinARound) {
    EXPECT_EQ(increased_timeout(seconds(7)), seconds(9));
    EXPECT_EQ(increased_timeout(seconds(39)), seconds(40));
    EXPECT_EQ(increased_timeout(seconds(40)), seconds(40));
}

}  // namespace
}  // namespace dusk::consensus
