// What happens in a round, for whoever watches. Nothing is told where nobody does, and what is told changes nothing.
#pragma once

#include "consensus/aggregator.hpp"
#include "consensus/round.hpp"

namespace dusk::consensus {

// Pointers and references hold during the call that tells of them.

// First of a round.
struct RoundStarted {
    ledger::BlockHash tip{};
};
struct IterationStarted {
    const Committee::Member* generator = nullptr;  // null where nobody is eligible
    const Committee& validation;
    const Committee& ratification;
    std::array<std::chrono::milliseconds, 3> timeouts{};  // proposal, validation, ratification
};
struct StepStarted {
    ledger::Step step{};
    std::optional<MonotonicTime> deadline{};
};
// One that passed the rules of the proposal step.
struct CandidateSeen {
    const ledger::Block& block;
    bool is_own = false;
};
// What this node found of it.
struct CandidateJudged {
    ledger::BlockHash hash{};
    Verdict verdict{};
};
// A vote whose signature was checked, in a step that has begun.
struct VoteCounted {
    ledger::VotingStep step{};
    std::size_t member = 0;  // its number in the committee
    const Committee& committee;
    ledger::Vote vote{};
    std::uint32_t total = 0;  // credits for this vote so far
    bool is_own = false;
};
// Enough votes for the same, counted here or proven by somebody else.
struct QuorumReached {
    ledger::VotingStep step{};
    ledger::Vote vote{};
    std::uint64_t voters = 0;  // bitset of members
    std::uint32_t credits = 0;
};
// Not told of one that the round went past, or that the round's end cut off.
struct IterationEnded {
    // `agreed`: both steps have a quorum for one block; `failed`: the votes agree that there is none; `timed_out`: they
    // do not agree, and the next iteration starts. A quorum may come after that.
    enum class Outcome : std::uint8_t { agreed, failed, timed_out };
    Outcome outcome{};
    std::optional<ledger::Vote> vote{};
};

struct RoundEvent {
    std::uint64_t round = 0;
    std::uint8_t iteration = 0;
    std::variant<RoundStarted, IterationStarted, StepStarted, CandidateSeen, CandidateJudged, VoteCounted,
                 QuorumReached, IterationEnded>
        what;
};

// Called from within consensus: it must be quick, must not throw, and must not call back.
class RoundWatcher {
  public:
    RoundWatcher() = default;
    RoundWatcher(const RoundWatcher&) = delete;
    RoundWatcher& operator=(const RoundWatcher&) = delete;
    virtual ~RoundWatcher() = default;

    virtual void on_event(const RoundEvent& event) = 0;
};

}  // namespace dusk::consensus
