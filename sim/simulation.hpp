// Runs a plan: the real nodes, the network, clients, faults and the adversary, under virtual time. The same plan gives
// the same run, event for event.
//
// Bound of liveness: from the end of the faults on all honest nodes hold two more blocks final within `kLivenessBound`.
// A round has at most 50 iterations of three steps of 40 s, which is 100 minutes; nodes that are at different places of
// a round may need all of it before open consensus brings them together, and a round more for the second block.
#pragma once

#include <fmt/format.h>

#include "sim/adversary.hpp"
#include "sim/audit.hpp"
#include "sim/sim_node.hpp"
#include "sim/trace.hpp"
#include "sim/watch.hpp"
#include "sim/workload.hpp"

namespace dusk::sim {

inline constexpr std::chrono::minutes kLivenessBound{240};

struct Statistics {
    std::uint64_t events = 0;
    std::uint64_t messages = 0;  // delivered
    std::uint64_t blocks = 0;    // final
    std::uint64_t spent = 0;     // transactions in them
    std::uint64_t reverts = 0;
    std::uint64_t crashes = 0;
    std::uint64_t decoded = 0;  // messages that went through their encoding
    std::uint64_t accused = 0;  // honest nodes by honest ones
    std::uint64_t cannot_sign = 0;
    std::uint64_t equivocations = 0;      // seen by honest nodes
    std::uint8_t highest_iteration = 0;   // of a final block
    std::chrono::nanoseconds time{};      // simulated
    std::chrono::nanoseconds recovery{};  // from the end of the faults to two more final blocks
    std::uint64_t fingerprint = 0;        // of all that happened

    void add(const Statistics& other);
};

class Simulation {
  public:
    // `plan` and `trace` outlive it; `trace` may be null.
    Simulation(const Plan& plan, Trace* trace);
    // The network and the adversary refer to it.
    Simulation(const Simulation&) = delete;
    Simulation& operator=(const Simulation&) = delete;

    // Throws Violation.
    Statistics run();

    // --- for scenarios ---
    [[nodiscard]] SimTime now() const { return now_; }
    [[nodiscard]] const Watch& watch() const { return watch_; }
    [[nodiscard]] const Statistics& statistics() const { return statistics_; }
    [[nodiscard]] const std::vector<std::unique_ptr<SimNode>>& nodes() const { return nodes_; }
    // Where the nodes are, for people.
    [[nodiscard]] std::string situation() const;

  private:
    void prepare();
    void dispatch(Event& event);
    void start(SimNode& node);
    void end(SimNode& node, std::chrono::nanoseconds away, std::size_t lost, std::string_view why);
    void begin_fault(const Fault& fault);
    void end_fault(const Fault& fault);
    void heal();

    // Gives an input to a running node and carries out what comes of it.
    template <class Input>
    void drive(SimNode& node, Input&& input);
    void carry_out(SimNode& node, std::vector<node::CoreAction> actions);
    void wake_later(SimNode& node);
    void deliver(Event& event);
    void finish_job(SimNode& node, std::uint64_t number);
    void submit();
    void look_at_bounds();
    void look_for_progress();
    void count_final_blocks();

    void act(SimNode& node, chain::Broadcast& action);
    void act(SimNode& node, chain::SendTo& action);
    void act(SimNode& node, chain::SendToAlive& action);
    void act(SimNode& node, chain::Flood& action);
    void act(SimNode& node, node::BuildJob& action);
    void act(SimNode& node, node::JudgeJob& action);
    void act(SimNode& node, node::CheckJob& action);
    void act(SimNode& node, chain::BlockAccepted& action);
    void act(SimNode& node, chain::BlocksReverted& action);
    void act(SimNode& node, chain::FinalityChanged& action);
    void act(SimNode& node, node::TransactionAdded& action);
    void act(SimNode& node, node::TransactionDeferred& action);
    void act(SimNode& node, node::TransactionDropped& action);
    void act(SimNode& node, node::PoolNotKept& action);
    void act(SimNode& node, chain::Misbehaved& action);
    void act(SimNode& node, chain::Stalled& action);
    void act(SimNode& node, chain::Broken& action);
    void act(SimNode& node, consensus::CannotSign& action);
    void act(SimNode& node, consensus::EquivocationSeen& action);
    void begin_job(SimNode& node, SimNode::Job job, std::chrono::nanoseconds least, std::chrono::nanoseconds most);

    void push(Event::Kind kind, SimTime at, NodeIndex node = kNobody, std::uint64_t number = 0);
    template <class... Values>
    void tell(NodeIndex node, fmt::format_string<Values...> text, Values&&... values) {
        if (trace_ != nullptr) trace_->line(now_, node, fmt::format(text, std::forward<Values>(values)...));
    }
    void mix(std::uint64_t value) { statistics_.fingerprint = scramble(statistics_.fingerprint ^ value); }

    const Plan& plan_;
    Trace* trace_;
    Draws draws_;
    Workload workload_;
    Shared shared_;
    Watch watch_;
    Audit audit_;
    EventQueue queue_;
    Network network_;
    Adversary adversary_;
    std::vector<std::unique_ptr<SimNode>> nodes_;
    Statistics statistics_;
    SimTime now_{};
    std::uint64_t jobs_ = 0;
    bool healed_ = false;
    bool done_ = false;
    std::uint64_t target_ = 0;  // final height that all honest nodes are to reach
};

}  // namespace dusk::sim
