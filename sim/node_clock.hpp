// The clocks of one node: its quartz is a little off, and somebody may set its wall clock wrong.
#pragma once

#include "consensus/round.hpp"
#include "sim/event_queue.hpp"

namespace dusk::sim {

class NodeClock {
  public:
    // `drift`: in millionths, either way. `steady_zero`: what the steady clock says at time zero.
    NodeClock(WallTime start, std::int64_t drift, MonotonicTime steady_zero)
        : start_(start), drift_(drift), steady_zero_(steady_zero) {}

    [[nodiscard]] consensus::Now now(SimTime time) const {
        const auto own = stretched(time.time_since_epoch());
        return {.wall = start_ + std::chrono::floor<std::chrono::milliseconds>(own + wrong_by_),
                .steady = steady_zero_ + own};
    }
    // The first instant at which the steady clock shows at least this; the maximum for what is years away.
    [[nodiscard]] SimTime when(MonotonicTime steady) const {
        if (steady <= steady_zero_) return SimTime{};
        if (steady - kNever > steady_zero_) return SimTime::max();
        const std::int64_t own = (steady - steady_zero_).count();
        std::int64_t time = own / (kMillion + drift_) * kMillion;
        time += own % (kMillion + drift_) * kMillion / (kMillion + drift_);
        while (stretched(std::chrono::nanoseconds(time)).count() < own) ++time;
        return SimTime(std::chrono::nanoseconds(time));
    }
    // How far the wall clock is off, drift apart.
    void set_wrong_by(std::chrono::nanoseconds offset) { wrong_by_ = offset; }

  private:
    static constexpr std::int64_t kMillion = 1'000'000;
    static constexpr std::chrono::hours kNever{24 * 365 * 10};

    [[nodiscard]] std::chrono::nanoseconds stretched(std::chrono::nanoseconds time) const {
        return time +
               std::chrono::nanoseconds(time.count() / kMillion * drift_ + time.count() % kMillion * drift_ / kMillion);
    }

    WallTime start_;
    std::int64_t drift_;
    MonotonicTime steady_zero_;
    std::chrono::nanoseconds wrong_by_{};
};

}  // namespace dusk::sim
