#include "telemetry/tracer.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace dusk::telemetry {
namespace {

using namespace std::chrono_literals;
using Json = nlohmann::json;

class Lines final : public LogSink {
  public:
    void write(const LogRecord& record) override {
        const std::scoped_lock lock(mutex_);
        text_ += format_log(record, LogForm::plain) + "\n";
    }
    [[nodiscard]] std::string text() const {
        const std::scoped_lock lock(mutex_);
        return text_;
    }

  private:
    mutable std::mutex mutex_;
    std::string text_;
};

TEST(Span, InTheJsonOfOtlp) {
    Span span{.name = "GET /status",
              .kind = Span::Kind::server,
              .parent = {1, 2, 3, 4, 5, 6, 7, 8},
              .begin = 1'700'000'000'123'456'789,
              .end = 1'700'000'000'123'456'999,
              .attributes = {{"http.route", "/status"}, {"http.response.status_code", std::int64_t{503}}},
              .has_failed = true};
    span.context = {.trace = {0xaa}, .span = {0xbb}};
    const Json json = Json::parse(otlp_json("dusk-node", std::span(&span, 1)));
    EXPECT_EQ(json, Json::parse(R"({"resourceSpans": [{
        "resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "dusk-node"}}]},
        "scopeSpans": [{"scope": {"name": "dusk"}, "spans": [{
            "traceId": "aa000000000000000000000000000000", "spanId": "bb00000000000000",
            "parentSpanId": "0102030405060708", "name": "GET /status", "kind": 2,
            "startTimeUnixNano": "1700000000123456789", "endTimeUnixNano": "1700000000123456999",
            "attributes": [{"key": "http.route", "value": {"stringValue": "/status"}},
                           {"key": "http.response.status_code", "value": {"intValue": "503"}}],
            "status": {"code": 2}}]}]}]})"));
}

TEST(Span, WhatIsNoTextDoesNotEndIt) {
    const Span span{.name = "\xff", .attributes = {{"url.path", "/\xc3\x28"}}};
    const Json json = Json::parse(otlp_json("dusk", std::span(&span, 1)));
    EXPECT_FALSE(json["resourceSpans"][0]["scopeSpans"][0]["spans"][0].contains("parentSpanId"));
}

// A collector that is not there: whoever makes spans does not wait, and what is lost is counted.
TEST(SpanExporter, DropsWhatItCannotSend) {
    Lines lines;
    const SystemClock clock;
    const Log log(lines, clock, LogFilter(LogLevel::trace));
    {
        SpanExporter exporter(
            {.collector = "http://127.0.0.1:1", .service = "test", .queue = 10, .batch = 100, .interval = 1h},
            log.logger("telemetry"));
        for (int i = 0; i < 25; ++i) exporter.put({.name = "work"});
        EXPECT_EQ(exporter.dropped(), 15U);
        EXPECT_EQ(exporter.sent(), 0U);
    }
    EXPECT_NE(lines.text().find("takes no spans"), std::string::npos) << lines.text();
}

}  // namespace
}  // namespace dusk::telemetry
