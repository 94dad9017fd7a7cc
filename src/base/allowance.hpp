// How much of something may be done in a time: units come in at a steady rate, up to a store of them.
#pragma once

#include <algorithm>
#include <cstdint>

#include "base/clock.hpp"

namespace dusk {

class Allowance {
  public:
    // `per_second`: 1 to 10^9. `most`: of the store, which is full at the start; what comes in within ten seconds, at
    // most.
    Allowance(std::uint64_t per_second, std::uint64_t most, MonotonicTime now)
        : per_second_(per_second), most_(most), left_(most), at_(now) {}

    // Whether there are so many; then they are taken. Where there are fewer, none is.
    [[nodiscard]] bool take(std::uint64_t units, MonotonicTime now) {
        refill(now);
        if (units > left_) return false;
        left_ -= units;
        return true;
    }
    // Whether the store is full.
    [[nodiscard]] bool is_whole(MonotonicTime now) const {
        Allowance later = *this;
        later.refill(now);
        return later.left_ == later.most_;
    }

  private:
    // What is less than a unit is not lost: it counts from `at_` on.
    void refill(MonotonicTime now) {
        if (now <= at_) return;
        constexpr std::uint64_t kSecond = 1'000'000'000;
        const auto passed = static_cast<std::uint64_t>((now - at_).count());
        if (passed >= kSecond * 10) {
            left_ = most_;
            at_ = now;
            return;
        }
        const std::uint64_t units = passed * per_second_ / kSecond;
        if (units == 0) return;
        left_ = std::min(most_, left_ + units);
        at_ += std::chrono::nanoseconds(units * kSecond / per_second_);
    }

    std::uint64_t per_second_;
    std::uint64_t most_;
    std::uint64_t left_;
    MonotonicTime at_;
};

}  // namespace dusk
