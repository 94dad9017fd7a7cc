// The first step of an iteration: its generator makes a candidate, the others wait for it (spec/consensus.md §8.3).
#pragma once

#include "consensus/validation.hpp"

namespace dusk::consensus {

class Proposal {
  public:
    Proposal(RoundState& state, Validation& validation) : state_(state), validation_(validation) {}

    // Where this node is the generator, a block is asked for shortly before it may stand.
    void begin(Now now);
    void on_build_time(Now now);
    MessageVerdict on_candidate(const MessagePtr& message, const ledger::Block& block, Origin origin, Now now);
    void on_built(ledger::Block block, Now now);
    // The time of the candidate is no longer too far ahead.
    void on_judge_time(Now now);

  private:
    // When to begin with a block of this iteration.
    [[nodiscard]] MonotonicTime build_time(Now now) const;
    // What the released node checks before it looks at the content; nothing where it holds.
    [[nodiscard]] std::optional<MessageVerdict> refuse(const ledger::Block& block, Origin origin);
    void keep(std::uint8_t iteration, BlockPtr block, Origin origin, Now now);
    // The iteration has its candidate: on to the vote when the block may stand.
    void proceed(Candidate& candidate, Origin origin, Now now);

    RoundState& state_;
    Validation& validation_;
};

// Whether the parts of a candidate are those that its header names, and not too large, and nobody has put an
// attestation in, which the hash does not cover: what anybody who hands a candidate on could have broken. Hashes all of
// it.
[[nodiscard]] bool is_intact(const ledger::Block& block);

}  // namespace dusk::consensus
