// The machine of round.hpp: what a node does in consensus, from the acceptance of a block to that of the next
// (spec/consensus.md §8). Where it does more or less than the released node, docs/deviations.md says so.
//
// Memory: two candidates and 4 votes of each member for every iteration, 0 … 49, and the queue of future messages,
// whose bytes are limited. A message costs at most the check of its signature and of one quorum.
#pragma once

#include "consensus/future_messages.hpp"
#include "consensus/round_events.hpp"
#include "consensus/round_view.hpp"

namespace dusk::consensus {

class RunningRound;

// Where a node is, for people.
struct ConsensusStatus {
    std::uint64_t round = 0;
    std::uint8_t iteration = 0;
    ledger::Step step = ledger::Step::proposal;
    bool is_open = false;        // iteration 49 has no deadline any more
    bool has_candidate = false;  // of this iteration
    bool is_agreed = false;      // a block of this round has its quorum
    MonotonicTime step_began{};
    std::array<std::chrono::milliseconds, 3> timeouts{};  // proposal, validation, ratification
    std::size_t queued = 0;                               // future messages
    std::size_t queued_bytes = 0;
};

// For one thread. No function may be called from within an action.
class Consensus {
  public:
    // `signatures` and `signer` outlive it. Null: the node follows, and signs nothing.
    Consensus(const ConsensusSettings& settings, Signatures& signatures, Signer* signer);
    Consensus(const Consensus&) = delete;
    Consensus& operator=(const Consensus&) = delete;
    ~Consensus();

    // Ends the round that runs, if one does. Messages that came early for this round are taken up.
    void start(RoundStart round, Now now);
    // Early messages are kept; others are ignored until the next start.
    void stop();
    // While no round runs: a candidate or vote is kept for the round of `committees`, that after our tip, or for one of
    // the next ten, and taken up when that round starts.
    MessageVerdict keep(const MessagePtr& message, const RoundCommittees& committees);

    // Candidate, Validation, Ratification, ValidationQuorum as they come; Quorum after its attestation was verified.
    // Everything else is ignored.
    MessageVerdict on_message(const MessagePtr& message, Now now);
    // What `on_message` would verify of a vote if it came now, to be verified ahead with others (`Signatures`). Nothing
    // where it would not look at the signature, and for all other messages.
    [[nodiscard]] std::optional<Signatures::Claim> unverified_vote(const MessagePtr& message) const;
    // The block of `BuildCandidate`; its hash and signature are made here. Ignored when it comes too late.
    void on_candidate_built(ledger::Block block, Now now);
    void on_candidate_judged(const ledger::BlockHash& block, Verdict verdict, Now now);
    // Never needed before `wakeup`, and harmless then.
    void on_time(Now now);

    // When `on_time` is to be called; nothing while no round runs.
    [[nodiscard]] std::optional<MonotonicTime> wakeup() const;
    // What came out of the calls since the last one, in order.
    [[nodiscard]] std::vector<Action> take_actions();

    // Nothing while no round runs.
    [[nodiscard]] std::optional<ConsensusStatus> status() const;
    [[nodiscard]] std::optional<RoundView> view() const;
    // Is told what happens from now on, and outlives this or its replacement. Null: nobody is.
    void watch(RoundWatcher* watcher) { watcher_ = watcher; }

  private:
    ConsensusSettings settings_;
    Signatures& signatures_;
    Signer* signer_;
    FutureMessages future_;
    std::vector<Action> actions_;
    std::chrono::nanoseconds build_took_{};  // by the last candidate
    RoundWatcher* watcher_ = nullptr;
    std::unique_ptr<RunningRound> round_;
};

}  // namespace dusk::consensus
