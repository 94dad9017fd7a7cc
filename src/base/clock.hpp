// Time is passed in: code that needs it takes a `Clock`, or better the time itself.
#pragma once

#include <chrono>
#include <cstdint>

namespace dusk {

// UTC, as it stands in headers and files.
using WallTime = std::chrono::sys_time<std::chrono::milliseconds>;

// As headers have it; 0 before 1970.
[[nodiscard]] constexpr std::uint64_t unix_seconds(WallTime time) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time.time_since_epoch());
    return seconds.count() < 0 ? 0 : static_cast<std::uint64_t>(seconds.count());
}

// Time that only moves forward, for timeouts and measurements. Its zero means nothing.
struct Monotonic {
    using duration = std::chrono::nanoseconds;
    using rep = duration::rep;
    using period = duration::period;
    using time_point = std::chrono::time_point<Monotonic>;
    static constexpr bool is_steady = true;
};
using MonotonicTime = Monotonic::time_point;

class Clock {
  public:
    Clock() = default;
    Clock(const Clock&) = delete;
    Clock& operator=(const Clock&) = delete;
    virtual ~Clock() = default;

    [[nodiscard]] virtual WallTime wall_time() const = 0;
    [[nodiscard]] virtual MonotonicTime monotonic_time() const = 0;
};

// The computer's clock. Programs create one and hand it on; nothing else asks the system.
class SystemClock final : public Clock {
  public:
    [[nodiscard]] WallTime wall_time() const override {
        return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    }
    [[nodiscard]] MonotonicTime monotonic_time() const override {
        return MonotonicTime(std::chrono::steady_clock::now().time_since_epoch());
    }
};

// Stands still until told otherwise: simulation and tests.
class ManualClock final : public Clock {
  public:
    explicit ManualClock(WallTime start = {}) : wall_(start) {}

    [[nodiscard]] WallTime wall_time() const override { return std::chrono::floor<std::chrono::milliseconds>(wall_); }
    [[nodiscard]] MonotonicTime monotonic_time() const override { return monotonic_; }

    // Both clocks move by `step`, which is not negative.
    void advance(std::chrono::nanoseconds step) {
        wall_ += step;
        monotonic_ += step;
    }
    // The wall clock is corrected, forwards or backwards; the monotonic one does not notice.
    void set_wall_time(WallTime time) { wall_ = time; }

  private:
    std::chrono::sys_time<std::chrono::nanoseconds> wall_;
    MonotonicTime monotonic_;
};

}  // namespace dusk
