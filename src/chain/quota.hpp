// So many times in each stretch of time.
#pragma once

#include "base/clock.hpp"

namespace dusk::chain {

class Quota {
  public:
    Quota(unsigned most, Monotonic::duration period) : most_(most), period_(period), left_(most) {}

    // Whether one more may be done now.
    [[nodiscard]] bool take(MonotonicTime now) {
        if (now - since_ >= period_) {
            since_ = now;
            left_ = most_;
        }
        if (left_ == 0) return false;
        --left_;
        return true;
    }

  private:
    unsigned most_;
    Monotonic::duration period_;
    unsigned left_;
    MonotonicTime since_{};
};

}  // namespace dusk::chain
