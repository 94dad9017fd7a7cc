// A part of a thread's time for one kind of work, while there is other work to do.
#pragma once

#include <algorithm>

#include "base/clock.hpp"

namespace dusk::node {

class TimeShare {
  public:
    // The work gets one part of `share` of the time, and after a pause as much as `burst` at once.
    TimeShare(unsigned share, std::chrono::nanoseconds burst) : share_(share), burst_(burst) {}

    // From when on there is time for more of it; any amount then, which is paid for afterwards.
    [[nodiscard]] MonotonicTime free_from() const { return paid_until_ - share_ * burst_; }
    // It took so long.
    void spend(std::chrono::nanoseconds time, MonotonicTime now) {
        paid_until_ = std::max(paid_until_, now) + share_ * time;
    }
    // There is nothing else to do: what it took of its share is forgotten.
    void forgive(MonotonicTime now) { paid_until_ = std::min(paid_until_, now); }

  private:
    unsigned share_;
    std::chrono::nanoseconds burst_;
    MonotonicTime paid_until_{};  // the time whose share all the work up to now has taken
};

}  // namespace dusk::node
