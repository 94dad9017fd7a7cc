#include "node/object_trace.hpp"

#include <gtest/gtest.h>

namespace dusk::node {
namespace {

using namespace std::chrono_literals;

kadcast::RayId ray(std::uint32_t number) {
    kadcast::RayId out{};
    store_le(out.data(), number);
    return out;
}
MonotonicTime at(std::chrono::milliseconds time) { return MonotonicTime(1h + time); }

TEST(ObjectTrace, TellsHowAnObjectCameTogether) {
    ObjectTrace trace;
    const Peer from{.ip = ByteArray<4>{127, 0, 0, 1}, .port = 9000};
    for (int i = 0; i < 3; ++i) EXPECT_FALSE(trace.on_chunk(ray(1), at(std::chrono::milliseconds(i))));
    trace.on_complete(ray(1), 16, from, 120, 900, at(2ms));
    for (int i = 0; i < 2; ++i) EXPECT_EQ(trace.on_chunk(ray(1), at(9ms)), 16);
    const auto recent = trace.after(0);
    ASSERT_EQ(recent.objects.size(), 1U);
    EXPECT_EQ(recent.last, 1U);
    const TracedObject& object = recent.objects[0];
    EXPECT_EQ(object.number, 1U);
    EXPECT_EQ(object.topic, 16);
    EXPECT_EQ(object.from, from);
    EXPECT_EQ(object.height, 120);
    EXPECT_EQ(object.bytes, 900U);
    EXPECT_EQ(object.chunks, 3U);
    EXPECT_EQ(object.late_chunks, 2U);
    EXPECT_EQ(object.complete - object.first, 2ms);
    EXPECT_FALSE(object.is_own);
}

TEST(ObjectTrace, OwnObjectsAreNamedOnceAndWhatIsPassedOnIsNot) {
    ObjectTrace trace;
    trace.on_own(ray(1), 17, {}, 200, at(0ms));
    trace.on_own(ray(1), 17, {}, 200, at(1ms));
    EXPECT_EQ(trace.on_chunk(ray(1), at(2ms)), 17);  // it came back
    EXPECT_FALSE(trace.on_chunk(ray(2), at(3ms)));
    trace.on_complete(ray(2), 18, {}, 3, 200, at(3ms));
    trace.on_own(ray(2), 18, {}, 200, at(4ms));
    const auto recent = trace.after(0);
    ASSERT_EQ(recent.objects.size(), 2U);
    EXPECT_TRUE(recent.objects[0].is_own);
    EXPECT_EQ(recent.objects[0].late_chunks, 1U);
    EXPECT_FALSE(recent.objects[1].is_own);
    EXPECT_EQ(trace.after(1).objects.size(), 1U);
    EXPECT_EQ(trace.after(2).objects.size(), 0U);
    EXPECT_EQ(trace.after(2).last, 2U);
}

TEST(ObjectTrace, ForgetsTheOldest) {
    ObjectTrace trace(10);
    for (std::uint32_t i = 0; i < 25; ++i) {
        EXPECT_FALSE(trace.on_chunk(ray(i), at(0ms)));
        trace.on_complete(ray(i), 10, {}, 0, 1, at(0ms));
    }
    const auto recent = trace.after(0);
    ASSERT_EQ(recent.objects.size(), 10U);
    EXPECT_EQ(recent.objects.front().number, 16U);
    EXPECT_EQ(recent.last, 25U);
    EXPECT_FALSE(trace.on_chunk(ray(3), at(1ms)));  // complete, and out of the list
    // A flood of parts of nothing.
    for (std::uint32_t i = 0; i < 20'000; ++i) EXPECT_FALSE(trace.on_chunk(ray(1000 + i), at(1ms)));
    EXPECT_EQ(trace.after(0).last, 25U);
}

}  // namespace
}  // namespace dusk::node
