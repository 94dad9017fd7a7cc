// A time of `Clock` as the timers of the event loop have it.
#pragma once

#include <boost/asio/steady_timer.hpp>

#include "base/clock.hpp"

namespace dusk::node {

[[nodiscard]] inline boost::asio::steady_timer::time_point timer_point(MonotonicTime time) {
    using Timer = boost::asio::steady_timer;
    return Timer::time_point(std::chrono::duration_cast<Timer::duration>(time.time_since_epoch()));
}

}  // namespace dusk::node
