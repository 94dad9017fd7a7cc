// Sends spans to a collector: OTLP over HTTP with JSON, in batches, from a thread of its own. Whoever has a span never
// waits for the collector; what it cannot take in time is dropped and counted.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "base/log.hpp"
#include "client/http_client.hpp"
#include "telemetry/span.hpp"

namespace dusk::telemetry {

struct ExporterSettings {
    std::string collector{};  // "http://127.0.0.1:4318": spans go to /v1/traces there
    std::string service{};
    std::size_t queue = 4096;                   // spans that wait; more are dropped
    std::size_t batch = 512;                    // of one request
    std::chrono::milliseconds interval{1000};   // between requests, where fewer spans wait
    std::chrono::milliseconds longest{30'000};  // between requests while the collector does not take any
    std::chrono::milliseconds patience{2000};   // for one request, so for the end as well
};

// All of it may be used from several threads.
class SpanExporter {
  public:
    SpanExporter(ExporterSettings settings, Logger logger);
    SpanExporter(const SpanExporter&) = delete;
    SpanExporter& operator=(const SpanExporter&) = delete;
    ~SpanExporter();  // sends one more batch

    void put(Span span);
    [[nodiscard]] std::uint64_t sent() const;
    [[nodiscard]] std::uint64_t dropped() const;

  private:
    void work();
    [[nodiscard]] std::vector<Span> next_batch(std::unique_lock<std::mutex>& lock, std::chrono::milliseconds pause);
    [[nodiscard]] Result<void, std::string> send(std::span<const Span> batch);
    void note(const Result<void, std::string>& result, std::size_t spans);

    ExporterSettings settings_;
    Logger logger_;
    client::HttpClient client_;  // of the thread alone
    bool works_ = true;          // the collector took the last batch; of the thread alone
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Span> waiting_;
    std::uint64_t sent_ = 0;
    std::uint64_t dropped_ = 0;
    bool is_ending_ = false;
    std::thread thread_;
};

}  // namespace dusk::telemetry
