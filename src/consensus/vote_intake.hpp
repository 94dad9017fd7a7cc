// What both voting steps do with a vote: who may cast it, whether it is signed, what it adds up to.
#pragma once

#include "consensus/round_state.hpp"

namespace dusk::consensus {

// A vote of this round on this tip. Refers to its message, which outlives it.
struct IncomingVote {
    const MessagePtr& message;
    VotePlace place;
    const ledger::ConsensusHeader& header;
    const ledger::Vote& vote;
    const ledger::SignInfo& sign_info;
    Origin origin;
    std::size_t member = 0;  // its number in the committee, once `refuse_unread` has found it

    [[nodiscard]] Position position() const { return {place.iteration, step_of(place.step)}; }
};

// The verdict on a vote that goes no further and needs no look at its signature: not of the committee, or known.
[[nodiscard]] std::optional<MessageVerdict> refuse_unread(const RoundState& state, IncomingVote& vote);
// The same, and that it is not signed. About 1 ms with a signature.
[[nodiscard]] std::optional<MessageVerdict> refuse(const RoundState& state, IncomingVote& vote);
// One for a step that has not begun. Enough of them in an iteration to come take the round there.
[[nodiscard]] MessageVerdict keep_early(RoundState& state, const IncomingVote& vote);
// Adds a vote and hands it on, or reports the member that contradicts itself.
[[nodiscard]] Result<Aggregator::Tally, MessageVerdict> count(RoundState& state, const IncomingVote& vote);

}  // namespace dusk::consensus
