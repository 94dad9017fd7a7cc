// What a node asks for and says again when a round fares badly (spec/consensus.md §8.1, §8.6).
#pragma once

#include "consensus/round_state.hpp"

namespace dusk::consensus {

// Nothing came in time.
void ask_for_candidate(RoundState& state, std::uint8_t iteration);
void ask_for_validation(RoundState& state, std::uint8_t iteration);

// While the last iteration is open nothing else would repeat what was lost: asks for what is missing of the next few
// iterations of emergency after `from`, and says again what this node said in them. Returns the last of them.
[[nodiscard]] std::uint8_t resend_some(RoundState& state, std::uint8_t from, Now now);

}  // namespace dusk::consensus
