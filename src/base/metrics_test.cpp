#include "base/metrics.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <limits>
#include <stdexcept>
#include <thread>

namespace dusk {
namespace {

TEST(Metrics, SameNameAndLabelsAreTheSameMetric) {
    MetricsRegistry metrics;
    metrics.counter("packets_total", "Packets", {{"way", "in"}}).add(2);
    metrics.counter("packets_total", "Packets", {{"way", "out"}}).add();
    metrics.counter("packets_total", "Packets", {{"way", "in"}}).add();
    metrics.gauge("height", "Height of the tip").set(-5);
    metrics.gauge("height", "Height of the tip").add(7);

    const auto all = metrics.snapshot();
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].name, "height");
    EXPECT_EQ(all[0].help, "Height of the tip");
    EXPECT_EQ(std::get<std::int64_t>(all[0].samples.at(0).value), 2);
    ASSERT_EQ(all[1].samples.size(), 2U);
    EXPECT_EQ(all[1].samples[0].labels, (MetricLabels{{"way", "in"}}));
    EXPECT_EQ(std::get<std::uint64_t>(all[1].samples[0].value), 3U);
    EXPECT_EQ(std::get<std::uint64_t>(all[1].samples[1].value), 1U);
}

TEST(Metrics, HistogramBoundsAreInclusive) {
    MetricsRegistry metrics;
    Histogram& histogram = metrics.histogram("seconds", "Time", {1, 2, 5});
    for (const double value : {0.5, 1.0, 1.5, 5.0, 5.1, 100.0}) histogram.observe(value);
    histogram.observe(std::numeric_limits<double>::quiet_NaN());
    histogram.observe(std::numeric_limits<double>::infinity());
    const auto values = histogram.values();
    EXPECT_EQ(values.buckets, (std::vector<std::uint64_t>{2, 1, 1, 2}));
    EXPECT_DOUBLE_EQ(values.sum, 113.1);
    EXPECT_EQ(&metrics.histogram("seconds", "Time", {7}), &histogram);
    EXPECT_EQ(metrics.histogram("seconds", "Time", {7}, {{"a", "b"}}).values().bounds, (std::vector<double>{1, 2, 5}));
}

TEST(Metrics, MistakesAreToldAtOnceAndRegisterNothing) {
    MetricsRegistry metrics;
    metrics.counter("a", "");
    EXPECT_THROW(metrics.gauge("a", ""), std::logic_error);
    EXPECT_THROW(metrics.counter("", ""), std::logic_error);
    EXPECT_THROW(metrics.counter("1a", ""), std::logic_error);
    EXPECT_THROW(metrics.counter("a-b", ""), std::logic_error);
    EXPECT_THROW(metrics.counter("b", "", {{"with:colon", ""}}), std::logic_error);
    EXPECT_THROW(metrics.histogram("c", "", {2, 1}), std::logic_error);
    EXPECT_THROW(metrics.histogram("c", "", {1, 1}), std::logic_error);
    EXPECT_EQ(metrics.snapshot().size(), 1U);
}

TEST(Metrics, NoIncrementIsLost) {
    MetricsRegistry metrics;
    {
        std::array<std::jthread, 4> threads;
        for (std::jthread& thread : threads) {
            thread = std::jthread([&] {
                for (int i = 0; i < 10000; ++i) {
                    metrics.counter("n", "").add();
                    metrics.histogram("h", "", {0.5}).observe(1);
                }
            });
        }
    }
    EXPECT_EQ(metrics.counter("n", "").value(), 40000U);
    EXPECT_EQ(metrics.histogram("h", "", {0.5}).values().buckets, (std::vector<std::uint64_t>{0, 40000}));
    EXPECT_EQ(metrics.histogram("h", "", {0.5}).values().sum, 40000);
}

RC_GTEST_PROP(Metrics, EveryFiniteValueFallsIntoOneBucket, (const std::vector<double>& values)) {
    Histogram histogram({-1, 0, 10});
    for (const double value : values) histogram.observe(value);
    std::uint64_t count = 0;
    for (const std::uint64_t bucket : histogram.values().buckets) count += bucket;
    RC_ASSERT(count == values.size());
}

}  // namespace
}  // namespace dusk
