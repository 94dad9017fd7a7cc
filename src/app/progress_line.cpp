#include "app/progress_line.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <cstdio>

namespace dusk::app {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

ProgressLine::ProgressLine()
    : screen_(ProgressScreen::current()), terminal_(screen_ == nullptr && ::isatty(STDERR_FILENO) != 0) {}

ProgressLine::~ProgressLine() {
    if (screen_ != nullptr) screen_->set({});
    stop_counting();
    show({});
}

void ProgressLine::stage(std::string what) {
    stop_counting();
    what_ = std::move(what);
    if (screen_ != nullptr) screen_->set(ProgressState{.what = what_, .begin = steady_clock::now()});
    show(what_ + " …");
}

void ProgressLine::stage(std::string what, milliseconds expected) {
    stage(std::move(what));
    if (screen_ != nullptr)
        screen_->set(ProgressState{.what = what_, .begin = steady_clock::now(), .expected = expected});
    if (!terminal_) return;
    stopping_ = false;
    counter_ = std::thread([this, expected] { count(expected); });
}

void ProgressLine::update(std::size_t done, std::size_t total) {
    if (total == 0) return;
    const std::size_t percent = 100 * done / total;
    if (screen_ != nullptr) screen_->set_percent(static_cast<unsigned>(percent));
    show(fmt::format("{} … {} %", what_, percent));
}

void ProgressLine::count(milliseconds expected) {
    const auto begin = steady_clock::now();
    std::unique_lock lock(mutex_);
    while (!stopped_.wait_for(lock, milliseconds(100), [this] { return stopping_; })) {
        const double passed = std::chrono::duration<double>(steady_clock::now() - begin).count();
        const double left = std::chrono::duration<double>(expected).count() - passed;
        std::string text = fmt::format("{} … {:.1f} s", what_, passed);
        if (left > 0) text += fmt::format(", about {:.1f} s left", left);
        show(text);
    }
}

void ProgressLine::stop_counting() {
    if (!counter_.joinable()) return;
    {
        const std::scoped_lock lock(mutex_);
        stopping_ = true;
    }
    stopped_.notify_one();
    counter_.join();
}

void ProgressLine::show(const std::string& text) {
    if (!terminal_ || text == shown_) return;
    shown_ = text;
    constexpr const char* kClearLine = "\r\x1b[K";
    fmt::print(stderr, "{}{}", kClearLine, text);
    (void)std::fflush(stderr);
}

}  // namespace dusk::app
