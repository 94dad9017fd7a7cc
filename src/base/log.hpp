// Structured logging: a level, the module that speaks, a sentence, and fields with keys.
//
//     Log log(sink, clock, *parse_log_filter("info,consensus=debug"));
//     const Logger logger = log.logger("consensus");
//     logger.info("block accepted", {{"height", height}, {"hash", to_hex(hash)}});
//
// A sentence of an error says what the operator should do. Fields hold numbers, truth values and texts only; secrets
// (base/secret.hpp) convert to none of these. All of it may be used from several threads.
#pragma once

#include <atomic>
#include <concepts>
#include <cstdio>
#include <initializer_list>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "base/clock.hpp"
#include "base/result.hpp"

namespace dusk {

enum class LogLevel : std::uint8_t { trace, debug, info, warn, error, off };
[[nodiscard]] std::string_view to_string(LogLevel level);

struct LogField {
    using Value = std::variant<bool, std::int64_t, std::uint64_t, double, std::string_view>;

    std::string_view key;
    Value value;

    LogField(std::string_view name, bool v) : key(name), value(v) {}
    template <std::signed_integral T>
    LogField(std::string_view name, T v) : key(name), value(std::int64_t{v}) {}
    template <std::unsigned_integral T>
        requires(!std::same_as<T, bool>)
    LogField(std::string_view name, T v) : key(name), value(std::uint64_t{v}) {}
    LogField(std::string_view name, double v) : key(name), value(v) {}
    // The text must live until the call that logs it returns, as a temporary in the call does.
    LogField(std::string_view name, std::string_view v) : key(name), value(v) {}
    LogField(std::string_view name, const char* v) : key(name), value(std::string_view(v)) {}
    LogField(std::string_view name, const std::string& v) : key(name), value(std::string_view(v)) {}
};

struct LogRecord {
    WallTime time;
    LogLevel level;
    std::string_view module;
    std::string_view message;
    std::span<const LogField> fields;
};

enum class LogForm : std::uint8_t { coloured, plain, json };

// One line without the line feed. Bytes from outside cannot break out of it: control characters are escaped in every
// form, and what is not UTF-8 is replaced. JSON: {"time","level","module","message","fields":{…}}.
[[nodiscard]] std::string format_log(const LogRecord& record, LogForm form);

// Where records go.
class LogSink {
  public:
    LogSink() = default;
    LogSink(const LogSink&) = delete;
    LogSink& operator=(const LogSink&) = delete;
    virtual ~LogSink() = default;
    virtual void write(const LogRecord& record) = 0;
};

// Lines to a stream that somebody else opened and closes: stderr, a file. Every line is flushed. A line that cannot be
// written (disk full) is counted as dropped; logging never stops the program.
class StreamSink final : public LogSink {
  public:
    StreamSink(std::FILE* stream, LogForm form) : stream_(stream), form_(form) {}
    void write(const LogRecord& record) override;
    [[nodiscard]] std::uint64_t dropped() const { return dropped_; }

  private:
    std::FILE* stream_;
    LogForm form_;
    std::mutex mutex_;
    std::atomic<std::uint64_t> dropped_{0};
};

// The lowest level that is let through: of a module, else of all others.
class LogFilter {
  public:
    explicit LogFilter(LogLevel others = LogLevel::info) : others_(others) {}
    void set(std::string module, LogLevel level) { modules_[std::move(module)] = level; }
    [[nodiscard]] LogLevel level_of(std::string_view module) const;

  private:
    LogLevel others_;
    std::map<std::string, LogLevel, std::less<>> modules_;
};

// "info", "warn,consensus=debug,kadcast=off": levels by name, separated by commas. The error is the part that is wrong.
[[nodiscard]] Result<LogFilter, std::string> parse_log_filter(std::string_view text);

// Speaks for one module. Cheap to copy; valid as long as sink and clock.
class Logger {
  public:
    using Fields = std::initializer_list<LogField>;

    // Says nothing.
    Logger() = default;
    Logger(LogSink& sink, const Clock& clock, std::string module, LogLevel threshold)
        : sink_(&sink), clock_(&clock), module_(std::move(module)), threshold_(threshold) {}

    // Ask before building costly fields.
    [[nodiscard]] bool enabled(LogLevel level) const { return level >= threshold_ && threshold_ != LogLevel::off; }
    void log(LogLevel level, std::string_view message, Fields fields = {}) const;

    void trace(std::string_view message, Fields fields = {}) const { log(LogLevel::trace, message, fields); }
    void debug(std::string_view message, Fields fields = {}) const { log(LogLevel::debug, message, fields); }
    void info(std::string_view message, Fields fields = {}) const { log(LogLevel::info, message, fields); }
    void warn(std::string_view message, Fields fields = {}) const { log(LogLevel::warn, message, fields); }
    void error(std::string_view message, Fields fields = {}) const { log(LogLevel::error, message, fields); }

  private:
    LogSink* sink_ = nullptr;
    const Clock* clock_ = nullptr;
    std::string module_;
    LogLevel threshold_ = LogLevel::off;
};

// Hands out loggers. Sink and clock must outlive it and them.
class Log {
  public:
    Log(LogSink& sink, const Clock& clock, LogFilter filter) : sink_(sink), clock_(clock), filter_(std::move(filter)) {}
    [[nodiscard]] Logger logger(std::string module) const {
        const LogLevel threshold = filter_.level_of(module);
        return {sink_, clock_, std::move(module), threshold};
    }

  private:
    LogSink& sink_;
    const Clock& clock_;
    LogFilter filter_;
};

}  // namespace dusk
