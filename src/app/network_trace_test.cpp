#include "app/network_trace.hpp"

#include <gtest/gtest.h>

namespace dusk::app {
namespace {

using namespace std::chrono_literals;
using Json = nlohmann::ordered_json;

constexpr std::uint64_t kNoon = 12ULL * 3600 * 1'000'000;

Json object(std::uint64_t number, const char* ray_id, std::uint64_t first_us, bool own, std::uint64_t late = 0) {
    return {{"number", number},
            {"ray_id", ray_id},
            {"kind", "candidate"},
            {"own", own},
            {"from", "127.0.0.1:9100"},
            {"height", 125},
            {"bytes", 900},
            {"chunks", own ? 0 : 6},
            {"late_chunks", late},
            {"first_us", kNoon + first_us},
            {"complete_us", kNoon + first_us + (own ? 0 : 250)}};
}
Json answer(std::vector<Json> objects) { return {{"objects", std::move(objects)}}; }

class NetworkTraceTest : public testing::Test {
  protected:
    NetworkTrace trace_{3, 1s};
    NetworkTrace::Time now_{1h};
};

TEST_F(NetworkTraceTest, PutsTogetherWhatNodesSay) {
    ASSERT_TRUE(trace_.add(1, answer({object(5, "aabbccdd00", 0, true)}), now_));
    ASSERT_TRUE(trace_.add(0, answer({object(9, "aabbccdd00", 1000, false)}), now_));
    EXPECT_TRUE(trace_.take(now_ + 999ms).empty());
    // Asked for again until it is given out: parts that came late are counted.
    EXPECT_EQ(trace_.after(0), 8U);
    ASSERT_TRUE(trace_.add(0, answer({object(9, "aabbccdd00", 1000, false, 4)}), now_ + 500ms));
    const auto messages = trace_.take(now_ + 1s);
    ASSERT_EQ(messages.size(), 1U);
    EXPECT_EQ(messages[0].sightings.size(), 2U);
    EXPECT_EQ(messages[0].spread_us(), 1250U);
    EXPECT_EQ(messages[0].sightings.at(0).late_chunks, 4U);
    EXPECT_EQ(trace_.after(0), 9U);
    EXPECT_EQ(trace_.after(1), 5U);
    EXPECT_EQ(trace_.after(2), 0U);
    EXPECT_EQ(trace_line(messages[0], {"node 0", "node 1", "node 2"}),
              "12:00:00.000000 candidate         aabbccdd     900 B  2/3 nodes in 1.25 ms  node 0: +1.25 ms 6+4 chunks "
              "node 1: made");
    const Json json = trace_json(messages[0], {"a", "b", "c"});
    EXPECT_EQ(json["reached"], 2);
    EXPECT_EQ(json["nodes"][1]["node"], "b");
}

TEST_F(NetworkTraceTest, WhatWasGivenOutDoesNotComeBack) {
    ASSERT_TRUE(trace_.add(0, answer({object(1, "aa", 0, false), object(2, "bb", 5, false)}), now_));
    EXPECT_EQ(trace_.take(now_ + 1s).size(), 2U);
    ASSERT_TRUE(trace_.add(0, answer({object(2, "bb", 5, false, 1), object(3, "cc", 9, false)}), now_ + 2s));
    const auto messages = trace_.take(now_ + 3s);
    ASSERT_EQ(messages.size(), 1U);
    EXPECT_EQ(messages[0].ray_id, "cc");
    // A node that was started again counts anew.
    trace_.skip(0, 0);
    ASSERT_TRUE(trace_.add(0, answer({object(1, "dd", 0, false)}), now_ + 4s));
    EXPECT_EQ(trace_.take(now_ + 5s).size(), 1U);
}

TEST_F(NetworkTraceTest, OneNodeTellsMoreOfItself) {
    ASSERT_TRUE(trace_.add(0, answer({object(1, "0123456789", 7, false, 5)}), now_));
    const auto messages = trace_.take(now_ + 1s);
    ASSERT_EQ(messages.size(), 1U);
    EXPECT_EQ(
        trace_line(messages[0], {"127.0.0.1:8080"}),
        "12:00:00.000007 candidate         01234567     900 B  from 127.0.0.1:9100 height 125, 6 chunks in 0.25 ms, "
        "5 late");
}

TEST_F(NetworkTraceTest, AnswersThatAreNoneDoNoHarm) {
    EXPECT_FALSE(trace_.add(0, Json::object(), now_));
    EXPECT_FALSE(trace_.add(0, {{"objects", 1}}, now_));
    EXPECT_TRUE(trace_.add(0, {{"objects", {1, "a", Json::object()}}}, now_));
    EXPECT_TRUE(trace_.take(now_ + 2s).empty());
}

}  // namespace
}  // namespace dusk::app
