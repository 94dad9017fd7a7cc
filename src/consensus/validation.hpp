// The second step of an iteration: the committee votes on the candidate (spec/consensus.md §8.4).
#pragma once

#include "consensus/ratification.hpp"

namespace dusk::consensus {

class Validation {
  public:
    Validation(RoundState& state, Ratification& ratification) : state_(state), ratification_(ratification) {}

    // Votes that there is no candidate, or what was found of it; what is not known yet is voted for later.
    void begin(Now now);
    MessageVerdict on_vote(const MessagePtr& message, const ledger::ValidationMessage& body, Origin origin, Now now);
    // Asks for the judgement of a candidate, once, as soon as its time is close enough to ours.
    void consider(std::uint8_t iteration, Candidate& candidate, Now now);
    void on_judged(const ledger::BlockHash& block, Verdict verdict, Now now);

  private:
    void vote_on(std::uint8_t iteration, const Candidate& candidate, Now now);
    void cast(std::uint8_t iteration, const ledger::Vote& vote, Now now);

    RoundState& state_;
    Ratification& ratification_;
};

}  // namespace dusk::consensus
