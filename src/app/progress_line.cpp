#include "app/progress_line.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <cstdio>

namespace dusk::app {

ProgressLine::ProgressLine() : terminal_(::isatty(STDERR_FILENO) != 0) {}

ProgressLine::~ProgressLine() { show({}); }

void ProgressLine::stage(std::string what) {
    what_ = std::move(what);
    show(what_ + " …");
}

void ProgressLine::update(std::size_t done, std::size_t total) {
    if (total != 0) show(fmt::format("{} … {} %", what_, 100 * done / total));
}

void ProgressLine::show(const std::string& text) {
    if (!terminal_ || text == shown_) return;
    shown_ = text;
    constexpr const char* kClearLine = "\r\x1b[K";
    fmt::print(stderr, "{}{}", kClearLine, text);
    (void)std::fflush(stderr);
}

}  // namespace dusk::app
