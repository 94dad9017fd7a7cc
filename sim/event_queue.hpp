// What can happen in the simulation.
#pragma once

#include "consensus/round.hpp"
#include "sim/timed_queue.hpp"

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

using EventQueue = TimedQueue<Event>;

}  // namespace dusk::sim
