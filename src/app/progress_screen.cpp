#include "app/progress_screen.hpp"

#include <fmt/core.h>

#include <atomic>

namespace dusk::app {
namespace {

std::atomic<ProgressScreen*> the_screen = nullptr;

}  // namespace

std::string to_string(const ProgressState& state, std::chrono::steady_clock::time_point now) {
    std::string out = state.what + " …";
    if (state.percent) return out + fmt::format(" {} %", *state.percent);
    const double passed = std::chrono::duration<double>(now - state.begin).count();
    if (passed >= 0.1) out += fmt::format(" {:.1f} s", passed);
    const double left = std::chrono::duration<double>(state.expected).count() - passed;
    if (left > 0) out += fmt::format(", about {:.1f} s left", left);
    return out;
}

ProgressScreen::ProgressScreen() { the_screen = this; }
ProgressScreen::~ProgressScreen() { the_screen = nullptr; }

ProgressScreen* ProgressScreen::current() { return the_screen; }

std::optional<ProgressState> ProgressScreen::state() const {
    const std::scoped_lock lock(mutex_);
    return state_;
}

void ProgressScreen::set(std::optional<ProgressState> state) {
    const std::scoped_lock lock(mutex_);
    state_ = std::move(state);
}

void ProgressScreen::set_percent(unsigned percent) {
    const std::scoped_lock lock(mutex_);
    if (state_) state_->percent = percent;
}

}  // namespace dusk::app
