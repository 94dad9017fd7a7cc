// Objects of nodes outside the routing table, which wait for their turn. To decode one may take far longer than to
// receive it, and nobody knows who sends them: so they get a share of the thread's time, and what nodes of the table
// send never waits behind them. Where nobody floods the node, they wait for nothing.
#pragma once

#include <algorithm>
#include <deque>
#include <optional>

#include "base/clock.hpp"
#include "kadcast/overlay.hpp"

namespace dusk::node {

struct StrangerLimits {
    std::size_t objects = 1024;  // that wait
    std::size_t bytes = std::size_t{16} << 20;
    unsigned share = 2;  // of the time they get one part of so many
    // After a pause so much work is done at once.
    std::chrono::nanoseconds burst = std::chrono::milliseconds(100);
};

class StrangerObjects {
  public:
    explicit StrangerObjects(const StrangerLimits& limits = {}) : limits_(limits) {}

    // False: there is no room, and the object is as it was.
    [[nodiscard]] bool add(kadcast::Deliver&& object);
    // The oldest, where one waits and there is time for it.
    [[nodiscard]] std::optional<kadcast::Deliver> take(MonotonicTime now);
    // This one, where it waits: a known node has it too. In the time of looking at all that wait.
    [[nodiscard]] std::optional<kadcast::Deliver> take(const kadcast::RayId& ray_id);
    // How long the work on one took.
    void spend(std::chrono::nanoseconds time, MonotonicTime now);
    // There is nothing else to do: what they took of their share is forgotten.
    void forgive(MonotonicTime now) { spent_until_ = std::min(spent_until_, now); }
    // From when on `take` gives one; nothing while none waits.
    [[nodiscard]] std::optional<MonotonicTime> due() const;

    [[nodiscard]] std::size_t size() const { return objects_.size(); }

  private:
    kadcast::Deliver remove(std::deque<kadcast::Deliver>::iterator one);
    [[nodiscard]] MonotonicTime free_from() const { return spent_until_ - limits_.share * limits_.burst; }

    StrangerLimits limits_;
    std::deque<kadcast::Deliver> objects_{};
    std::size_t bytes_ = 0;
    MonotonicTime spent_until_{};  // the time that their share of it pays for all work up to now
};

}  // namespace dusk::node
