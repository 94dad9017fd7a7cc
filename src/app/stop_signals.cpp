#include "app/stop_signals.hpp"

#include <ctime>

namespace dusk::app {

StopSignals::StopSignals() {
    ::sigemptyset(&set_);
    for (const int signal : {SIGINT, SIGTERM, SIGCHLD}) ::sigaddset(&set_, signal);
    ::pthread_sigmask(SIG_BLOCK, &set_, &before_);
}

StopSignals::~StopSignals() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

bool StopSignals::wait_for_stop(std::chrono::milliseconds time) const {
    const timespec limit{.tv_sec = time.count() / 1000, .tv_nsec = time.count() % 1000 * 1'000'000};
    const int signal = ::sigtimedwait(&set_, nullptr, &limit);
    return signal == SIGINT || signal == SIGTERM;
}

}  // namespace dusk::app
