// A log whose levels can be changed while the program runs.
#pragma once

#include <mutex>

#include "base/log.hpp"

namespace dusk::node {

// Lets through what the filter says at the moment. Loggers in front of it pass on everything.
class FilteredSink final : public LogSink {
  public:
    FilteredSink(LogSink& behind, LogFilter filter) : behind_(behind), filter_(std::move(filter)) {}

    void set_filter(LogFilter filter) {
        const std::lock_guard lock(mutex_);
        filter_ = std::move(filter);
    }
    void write(const LogRecord& record) override {
        {
            const std::lock_guard lock(mutex_);
            const LogLevel threshold = filter_.level_of(record.module);
            if (threshold == LogLevel::off || record.level < threshold) return;
        }
        behind_.write(record);
    }

  private:
    LogSink& behind_;
    std::mutex mutex_;
    LogFilter filter_;
};

}  // namespace dusk::node
