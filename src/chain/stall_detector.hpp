// Whether the chain stands still (spec/consensus.md §15.5).
#pragma once

#include <optional>

#include "base/clock.hpp"

namespace dusk::chain {

class StallDetector {
  public:
    static constexpr std::chrono::seconds kStalledAfter{60};
    static constexpr std::chrono::seconds kRepeat{30};      // between questions to peers
    static constexpr std::chrono::seconds kDesperate{180};  // of standing still

    explicit StallDetector(MonotonicTime now) : since_(now), next_(now + kStalledAfter) {}

    void on_tip(MonotonicTime now) {
        since_ = now;
        next_ = now + kStalledAfter;
        stalled_ = false;
    }
    // True when peers are to be asked: once at first, then again and again.
    [[nodiscard]] bool on_time(MonotonicTime now) {
        if (now < next_) return false;
        next_ = now + kRepeat;
        stalled_ = true;
        return true;
    }
    [[nodiscard]] bool is_stalled() const { return stalled_; }
    // It is time to take what there is: a longer branch, whatever its first iteration.
    [[nodiscard]] bool is_desperate(MonotonicTime now) const { return stalled_ && now - since_ >= kDesperate; }
    [[nodiscard]] std::chrono::seconds standing(MonotonicTime now) const {
        return std::chrono::duration_cast<std::chrono::seconds>(now - since_);
    }
    [[nodiscard]] MonotonicTime wakeup() const { return next_; }

  private:
    MonotonicTime since_;
    MonotonicTime next_;
    bool stalled_ = false;
};

}  // namespace dusk::chain
