// What is still to happen, by virtual time. Events of one instant come in the order in which they were put in.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "base/clock.hpp"
#include "consensus/round.hpp"

namespace dusk::sim {

using NodeIndex = std::uint32_t;
inline constexpr NodeIndex kNobody = ~NodeIndex{0};

// Time of the simulation, which no node sees: their clocks are all a little wrong.
using SimTime = MonotonicTime;

struct Event {
    enum class Kind : std::uint8_t {
        message,     // arrives at `node` from `from`
        wakeup,      // `node` asked for it
        job_done,    // `number` is the job
        start,       // the node starts, or again
        fault,       // `number` in the plan: begins
        fault_over,  // and ends
        heal,        // all faults are over
        workload,    // clients hand in transactions
        attack,      // of a Byzantine node
        check,       // what is looked at now and then
    };
    SimTime at{};
    std::uint64_t order = 0;
    Kind kind{};
    NodeIndex node = kNobody;
    NodeIndex from = kNobody;
    std::uint32_t life = 0;  // of the node: jobs, wakeups and submissions of a former life are void
    std::uint64_t number = 0;
    consensus::MessagePtr message{};
};

class EventQueue {
  public:
    void push(Event event) {
        event.order = ++pushed_;
        heap_.push_back(std::move(event));
        std::push_heap(heap_.begin(), heap_.end(), later);
    }
    // The next one; there is one.
    [[nodiscard]] Event pop() {
        std::pop_heap(heap_.begin(), heap_.end(), later);
        Event out = std::move(heap_.back());
        heap_.pop_back();
        return out;
    }
    [[nodiscard]] bool empty() const { return heap_.empty(); }
    [[nodiscard]] std::size_t size() const { return heap_.size(); }
    [[nodiscard]] SimTime next_at() const { return heap_.front().at; }

  private:
    static bool later(const Event& a, const Event& b) { return a.at != b.at ? a.at > b.at : a.order > b.order; }

    std::vector<Event> heap_;
    std::uint64_t pushed_ = 0;
};

}  // namespace dusk::sim
