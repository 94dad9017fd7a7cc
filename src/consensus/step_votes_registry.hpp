// The quorums of a round, and the attestations that they make (spec/consensus.md §8.7). Holds only what was verified:
// the votes that this node added up, and those of others whose signatures it checked.
#pragma once

#include <map>
#include <optional>

#include "consensus/committee.hpp"
#include "ledger/attestation.hpp"

namespace dusk::consensus {

class StepVotesRegistry {
  public:
    // Votes of an iteration that are remembered: honest nodes give no quorum to a second one.
    static constexpr std::size_t kMostVotes = 8;

    // Quorums of one step, the first for each vote is kept. False where it was there, or has no room.
    bool set_validation(std::uint8_t iteration, const ledger::Vote& vote, const ledger::StepVotes& votes);
    bool set_ratification(std::uint8_t iteration, const ledger::Vote& vote, const ledger::StepVotes& votes);

    // Null where this vote has no quorum in the validation step.
    [[nodiscard]] const ledger::StepVotes* validation(std::uint8_t iteration, const ledger::Vote& vote) const;
    [[nodiscard]] bool has_valid_quorum(std::uint8_t iteration) const;
    // Both steps have a quorum for one block.
    [[nodiscard]] bool has_success(std::uint8_t iteration) const;
    // Once both steps have a quorum for the vote; NoQuorum needs that of the ratification only. Its result is Success
    // for Valid, else Fail.
    [[nodiscard]] std::optional<ledger::Attestation> attestation(std::uint8_t iteration,
                                                                 const ledger::Vote& vote) const;
    // Of a failure; among several the one of the least vote: NoCandidate, Invalid, NoQuorum.
    [[nodiscard]] std::optional<ledger::Attestation> failure(std::uint8_t iteration) const;
    // What a candidate of this iteration says of those before it (§10): of the first 8, nothing where none is known.
    [[nodiscard]] ledger::IterationsInfo failures_before(std::uint8_t iteration, RoundCommittees& committees) const;

  private:
    struct Quorums {
        std::optional<ledger::StepVotes> validation{};
        std::optional<ledger::StepVotes> ratification{};
    };
    [[nodiscard]] static std::optional<ledger::Attestation> attestation(const ledger::Vote& vote,
                                                                        const Quorums& quorums);
    // Null where there is no room for another vote.
    [[nodiscard]] Quorums* quorums_of(std::uint8_t iteration, const ledger::Vote& vote);

    std::map<std::uint8_t, std::map<ledger::Vote, Quorums>> iterations_;
};

}  // namespace dusk::consensus
