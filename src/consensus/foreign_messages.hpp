// Messages of rounds to come and of other branches: kept for the day when their block is our tip.
#pragma once

#include "consensus/future_messages.hpp"

namespace dusk::consensus {

// Who signed a candidate or vote, and what; nothing for other messages and for keys that are none.
[[nodiscard]] std::optional<Signatures::Claim> what_is_signed(const ledger::MessagePayload& payload);

// Whether the message is of the round of `committees`, or of one of the next `kMostRoundDistance`, and of an iteration
// in which honest nodes vote.
[[nodiscard]] bool may_be_kept(const ledger::ConsensusHeader& header, const RoundCommittees& committees);

// Keeps one whose signer may vote by the stakes of now, after a look at its signature, and hands it on. `committees`:
// of the round after our tip.
[[nodiscard]] MessageVerdict keep_foreign(const MessagePtr& message, const RoundCommittees& committees,
                                          Signatures& signatures, FutureMessages& future, std::vector<Action>& actions);

}  // namespace dusk::consensus
