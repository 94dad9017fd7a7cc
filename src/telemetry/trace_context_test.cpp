#include "telemetry/trace_context.hpp"

#include <gtest/gtest.h>

namespace dusk::telemetry {
namespace {

constexpr std::string_view kGood = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

TEST(TraceContext, ReadsWhatItWrites) {
    const auto context = parse_traceparent(kGood);
    ASSERT_TRUE(context);
    EXPECT_TRUE(context->is_sampled);
    EXPECT_EQ(context->trace[0], 0x4b);
    EXPECT_EQ(context->span[7], 0xb7);
    EXPECT_EQ(to_traceparent(*context), kGood);
}

TEST(TraceContext, SaysWhetherSpansAreKept) {
    std::string text(kGood);
    text.back() = '0';
    ASSERT_TRUE(parse_traceparent(text));
    EXPECT_FALSE(parse_traceparent(text)->is_sampled);
    EXPECT_EQ(to_traceparent(*parse_traceparent(text)), text);
    text.replace(text.size() - 2, 2, "ff");
    EXPECT_TRUE(parse_traceparent(text)->is_sampled);
}

// §3.2.4 of the standard: what is behind is left alone.
TEST(TraceContext, ReadsLaterVersions) {
    EXPECT_TRUE(parse_traceparent("cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));
    EXPECT_TRUE(parse_traceparent("cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-what"));
    EXPECT_FALSE(parse_traceparent("cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01.what"));
}

TEST(TraceContext, RefusesWhatIsNone) {
    for (const char* text : {
             "",
             "00",
             "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
             "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
             "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
             "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
             "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-001",
             "00-4bf92f3577b34da6a3ce929d0e0e473g-00f067aa0ba902b7-01",
             "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0",
             "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-",
             "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 ",
             "00_4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
             "0x-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
         }) {
        EXPECT_FALSE(parse_traceparent(text)) << text;
    }
}

}  // namespace
}  // namespace dusk::telemetry
