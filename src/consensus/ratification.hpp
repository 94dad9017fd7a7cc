// The third step of an iteration: the committee says what it saw of the second, and what enough of it saw is the
// outcome of the iteration (spec/consensus.md §8.5).
#pragma once

#include "consensus/round_state.hpp"

namespace dusk::consensus {

class Ratification {
  public:
    explicit Ratification(RoundState& state) : state_(state) {}

    // Casts our vote for the result of the validation.
    void begin(Now now) { vote(state_.at.iteration, state_.result, now); }
    MessageVerdict on_vote(const MessagePtr& message, const ledger::RatificationMessage& body, Origin origin, Now now);
    // The attestation was verified.
    MessageVerdict on_quorum(const MessagePtr& message, const ledger::QuorumMessage& body, Now now);
    MessageVerdict on_validation_quorum(const ledger::ValidationQuorumMessage& body, Now now);

    // A verified quorum of the validation step, from wherever it comes: it ends that step, also ahead of us, and late
    // in an emergency it is voted for.
    void learn(std::uint8_t iteration, const ledger::ValidationResult& result, Origin origin, Now now);

  private:
    // What a result means for the step that runs.
    void adopt(std::uint8_t iteration, const ledger::ValidationResult& known, Origin origin, Now now);
    void count_unproven(std::uint8_t iteration, const ledger::Vote& vote, Now now);
    void vote(std::uint8_t iteration, const ledger::ValidationResult& result, Now now);
    // Whether the validation step had this result; checks the signatures where it is news.
    [[nodiscard]] bool holds(const ledger::ConsensusHeader& header, const ledger::ValidationResult& result,
                             Origin origin, Now now);
    // The iteration has an outcome for this vote. `message`: the quorum that said so; null if it was reached here.
    void conclude(std::uint8_t iteration, const ledger::Vote& vote, MessagePtr message, Now now);

    RoundState& state_;
};

[[nodiscard]] ledger::QuorumType quorum_type(const ledger::Vote& vote);

}  // namespace dusk::consensus
