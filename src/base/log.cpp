#include "base/log.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "base/utf8.hpp"

namespace dusk {
namespace {

constexpr std::array<std::string_view, 6> level_names{"trace", "debug", "info", "warn", "error", "off"};

// ANSI colours by level.
constexpr std::array<std::string_view, 6> level_colours{"\x1b[35m", "\x1b[34m", "\x1b[32m", "\x1b[33m", "\x1b[31m", ""};
constexpr std::string_view faint = "\x1b[2m";
constexpr std::string_view plain = "\x1b[0m";

std::string timestamp(WallTime time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(time - day);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), clock.hours().count(),
                       clock.minutes().count(), clock.seconds().count(), clock.subseconds().count());
}

// How many bytes the character at the front has; 0 where there is none.
std::size_t character_size(std::string_view text) {
    for (std::size_t size = 1; size <= 4 && size <= text.size(); ++size) {
        if (is_utf8(as_bytes(text.substr(0, size)))) return size;
    }
    return 0;
}

// C0 and C1 control characters: terminals obey them, so nothing from outside may print one.
bool is_control(std::string_view character) {
    const auto first = static_cast<std::uint8_t>(character[0]);
    if (character.size() == 1) return first < 0x20 || first == 0x7f;
    return first == 0xc2 && static_cast<std::uint8_t>(character[1]) < 0xa0;
}

// Escapes as in JSON strings.
void append_escaped(std::string& out, std::string_view text) {
    while (!text.empty()) {
        const std::size_t size = character_size(text);
        const std::string_view character = text.substr(0, std::max<std::size_t>(size, 1));
        text.remove_prefix(character.size());
        if (size == 0) {
            out += "\\ufffd";
        } else if (is_control(character)) {
            const auto last = static_cast<std::uint8_t>(character.back());
            out += last == '\n' ? "\\n" : last == '\t' ? "\\t" : fmt::format("\\u{:04x}", last);
        } else if (character == "\"" || character == "\\") {
            out += '\\';
            out += character;
        } else {
            out += character;
        }
    }
}

void append_quoted(std::string& out, std::string_view text) {
    out += '"';
    append_escaped(out, text);
    out += '"';
}

bool is_bare_word(std::string_view text) {
    if (text.empty()) return false;
    for (const char c : text) {
        if (c <= ' ' || c > '~' || c == '"' || c == '\\' || c == '=') return false;
    }
    return true;
}

void append_value(std::string& out, const LogField::Value& value, LogForm form) {
    if (const auto* text = std::get_if<std::string_view>(&value)) {
        if (form != LogForm::json && is_bare_word(*text)) {
            out += *text;
        } else {
            append_quoted(out, *text);
        }
    } else if (const auto* number = std::get_if<double>(&value)) {
        // JSON has no infinities.
        out += form == LogForm::json && !std::isfinite(*number) ? "null" : fmt::format("{}", *number);
    } else {
        std::visit([&](const auto& item) { out += fmt::format("{}", item); }, value);
    }
}

std::string format_json(const LogRecord& record) {
    std::string out =
        fmt::format(R"({{"time":"{}","level":"{}","module":)", timestamp(record.time), to_string(record.level));
    append_quoted(out, record.module);
    out += R"(,"message":)";
    append_quoted(out, record.message);
    if (!record.fields.empty()) {
        out += R"(,"fields":{)";
        for (const LogField& field : record.fields) {
            if (out.back() != '{') out += ',';
            append_quoted(out, field.key);
            out += ':';
            append_value(out, field.value, LogForm::json);
        }
        out += '}';
    }
    return out + '}';
}

}  // namespace

std::string_view to_string(LogLevel level) { return level_names[static_cast<std::size_t>(level)]; }

std::string format_log(const LogRecord& record, LogForm form) {
    if (form == LogForm::json) return format_json(record);
    const auto paint = [&](std::string_view colour) { return form == LogForm::coloured ? colour : ""; };
    std::string out = fmt::format("{}{}{} {}{:<5}{} {}", paint(faint), timestamp(record.time), paint(plain),
                                  paint(level_colours[static_cast<std::size_t>(record.level)]), to_string(record.level),
                                  paint(plain), paint(faint));
    append_escaped(out, record.module);
    out += fmt::format(":{} ", paint(plain));
    append_escaped(out, record.message);
    for (const LogField& field : record.fields) {
        out += fmt::format(" {}", paint(faint));
        append_escaped(out, field.key);
        out += fmt::format("={}", paint(plain));
        append_value(out, field.value, form);
    }
    return out;
}

void StreamSink::write(const LogRecord& record) {
    const std::string line = format_log(record, form_) + '\n';
    const std::scoped_lock lock(mutex_);
    if (std::fwrite(line.data(), 1, line.size(), stream_) != line.size() || std::fflush(stream_) != 0) ++dropped_;
}

LogLevel LogFilter::level_of(std::string_view module) const {
    const auto found = modules_.find(module);
    return found == modules_.end() ? others_ : found->second;
}

Result<LogFilter, std::string> parse_log_filter(std::string_view text) {
    const auto level_named = [](std::string_view name) -> std::optional<LogLevel> {
        for (std::size_t i = 0; i < level_names.size(); ++i) {
            if (level_names[i] == name) return static_cast<LogLevel>(i);
        }
        return {};
    };
    LogLevel others = LogLevel::info;
    std::map<std::string, LogLevel> modules;
    while (true) {
        const std::string_view part = text.substr(0, text.find(','));
        const std::size_t equals = part.find('=');
        const bool names_module = equals != std::string_view::npos;
        const auto level = level_named(names_module ? part.substr(equals + 1) : part);
        if (!level || equals == 0) return fail(std::string(part));
        if (names_module) {
            modules[std::string(part.substr(0, equals))] = *level;
        } else {
            others = *level;
        }
        if (part.size() == text.size()) break;
        text.remove_prefix(part.size() + 1);
    }
    LogFilter filter(others);
    for (auto& [module, level] : modules) filter.set(module, level);
    return filter;
}

void Logger::log(LogLevel level, std::string_view message, Fields fields) const {
    if (!enabled(level)) return;
    sink_->write({clock_->wall_time(), level, module_, message, {fields.begin(), fields.size()}});
}

}  // namespace dusk
