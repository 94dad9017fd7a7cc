// A round from its start to the next: the walk through iterations and steps (spec/consensus.md §8, §8.1, §8.2).
#pragma once

#include "consensus/consensus.hpp"
#include "consensus/proposal.hpp"

namespace dusk::consensus {

class RunningRound {
  public:
    RunningRound(const RoundTools& tools, RoundStart start) : state_(tools, std::move(start)) {}

    void begin(Now now);
    MessageVerdict on_message(const MessagePtr& message, Now now);
    void on_candidate_built(ledger::Block block, Now now);
    void on_candidate_judged(const ledger::BlockHash& block, Verdict verdict, Now now);
    void on_time(Now now);
    // The signature of a vote that `on_message` would verify.
    [[nodiscard]] std::optional<Signatures::Claim> unverified_vote(const MessagePtr& message) const;

    [[nodiscard]] std::optional<MonotonicTime> wakeup() const;
    [[nodiscard]] const RoundState& state() const { return state_; }

  private:
    // Takes the steps that an event made due.
    void proceed(Now now);
    void enter(const Position& position, Now now);
    void enter_iteration(std::uint8_t iteration, Now now);
    void tell_iteration(std::uint8_t iteration) const;
    void forget_before(std::uint8_t iteration);
    MessageVerdict dispatch(const MessagePtr& message, Origin origin, Now now);
    void on_deadline(Now now);
    // A step ended because nothing came: the next one of its kind waits longer.
    void grow_timeout(ledger::Step step);
    // Whoever went through the iterations that this node left out waits longer by now; it waits with them.
    void grow_timeouts(int skipped);
    void end_iteration(Now now);

    RoundState state_;
    Ratification ratification_{state_};
    Validation validation_{state_, ratification_};
    Proposal proposal_{state_, validation_};
    std::uint8_t entered_ = 0;  // iterations that the timeouts take account of
    std::uint8_t resent_ = 0;   // of the iterations of emergency, while the last one is open
};

}  // namespace dusk::consensus
