#include "telemetry/span_exporter.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <iterator>

namespace dusk::telemetry {

SpanExporter::SpanExporter(ExporterSettings settings, Logger logger)
    : settings_(std::move(settings)),
      logger_(std::move(logger)),
      client_(settings_.collector, {.patience = settings_.patience, .body = std::size_t{1} << 20}),
      thread_([this] { work(); }) {}

SpanExporter::~SpanExporter() {
    {
        const std::scoped_lock lock(mutex_);
        is_ending_ = true;
    }
    wake_.notify_all();
    thread_.join();
}

void SpanExporter::put(Span span) {
    const std::scoped_lock lock(mutex_);
    if (waiting_.size() >= settings_.queue) {
        ++dropped_;
        return;
    }
    waiting_.push_back(std::move(span));
    if (waiting_.size() >= settings_.batch) wake_.notify_all();
}

std::uint64_t SpanExporter::sent() const {
    const std::scoped_lock lock(mutex_);
    return sent_;
}

std::uint64_t SpanExporter::dropped() const {
    const std::scoped_lock lock(mutex_);
    return dropped_;
}

std::vector<Span> SpanExporter::next_batch(std::unique_lock<std::mutex>& lock, std::chrono::milliseconds pause) {
    wake_.wait_for(lock, pause, [&] { return is_ending_ || (works_ && waiting_.size() >= settings_.batch); });
    const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(std::min(settings_.batch, waiting_.size()));
    std::vector<Span> out(std::make_move_iterator(waiting_.begin()), std::make_move_iterator(end));
    waiting_.erase(waiting_.begin(), end);
    return out;
}

Result<void, std::string> SpanExporter::send(std::span<const Span> batch) {
    const std::string body = otlp_json(settings_.service, batch);
    const auto reply = client_.post("/v1/traces", as_bytes(body), {{"Content-Type", "application/json"}});
    if (!reply) return fail(reply.error());
    if (reply->status / 100 != 2) return fail(fmt::format("it answers {}", reply->status));
    return {};
}

// A batch that is not taken is lost: those that come after tell more of now. Said once until it works again.
void SpanExporter::note(const Result<void, std::string>& result, std::size_t spans) {
    {
        const std::scoped_lock lock(mutex_);
        (result ? sent_ : dropped_) += spans;
    }
    if (!result && works_) {
        logger_.warn("the collector takes no spans: they are dropped until it does",
                     {{"collector", settings_.collector}, {"reason", result.error()}});
    } else if (result && !works_) {
        logger_.info("the collector takes spans again", {{"dropped", dropped()}});
    }
    works_ = result.has_value();
}

void SpanExporter::work() {
    std::chrono::milliseconds pause = settings_.interval;
    bool goes_on = true;
    while (goes_on) {
        std::vector<Span> batch;
        {
            std::unique_lock lock(mutex_);
            batch = next_batch(lock, pause);
            goes_on = !is_ending_;
        }
        if (batch.empty()) continue;
        note(send(batch), batch.size());
        pause = works_ ? settings_.interval : std::min(pause * 2, settings_.longest);
    }
}

}  // namespace dusk::telemetry
