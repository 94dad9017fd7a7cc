// What the steps of a round share: where the round is, what it knows, and how it asks for things.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "consensus/aggregator.hpp"
#include "consensus/future_messages.hpp"
#include "consensus/round.hpp"
#include "consensus/round_events.hpp"
#include "consensus/step_votes_registry.hpp"

namespace dusk::consensus {

// A step of an iteration; in the order of time.
struct Position {
    std::uint8_t iteration = 0;
    ledger::Step step = ledger::Step::proposal;
    friend auto operator<=>(const Position&, const Position&) = default;
};

[[nodiscard]] constexpr bool is_emergency(std::uint8_t iteration) { return iteration >= kEmergencyFrom; }
[[nodiscard]] constexpr ledger::Step step_of(ledger::VotingStep step) {
    return step == ledger::VotingStep::validation ? ledger::Step::validation : ledger::Step::ratification;
}

// Where a message comes from: only those of the network are handed on and have their signatures checked.
enum class Origin : std::uint8_t { network, queue, own };

// A candidate that passed the rules of the proposal step.
struct Candidate {
    ledger::BlockHash hash{};
    BlockPtr block;  // until nobody can ask for its judgement any more
    bool is_asked = false;
    std::optional<Verdict> verdict{};
};

// What outlives a round. Null signer: the node follows.
struct RoundTools {
    const ConsensusSettings& settings;
    Signatures& signatures;
    Signer* signer;
    FutureMessages& future;
    std::vector<Action>& actions;
    std::chrono::nanoseconds& build_took;
    RoundWatcher* const& watcher;  // null: nobody watches
};

class RoundState {
  public:
    // Candidates of one iteration that are looked at: an honest generator makes one.
    static constexpr std::size_t kMostCandidates = 2;

    RoundState(const RoundTools& tools, RoundStart start);

    const ConsensusSettings& settings;
    Signatures& signatures;
    FutureMessages& future;
    std::vector<Action>& actions;
    std::chrono::nanoseconds& build_took;  // by the last candidate of this node
    RoundWatcher* const& watcher;
    RoundStart start;

    // --- where the round is ---
    Position at{};
    // Where it goes as soon as the event that is being handled is done with.
    std::optional<Position> next{};
    bool is_settled = false;  // this iteration has its block; it waits until the chain has taken it
    bool is_open = false;
    MonotonicTime step_began{};
    MonotonicTime slot{};  // before it no block of this round may stand
    std::optional<MonotonicTime> deadline{};
    std::optional<MonotonicTime> judge_at{};     // when the candidate is no longer too far ahead of the clock
    std::optional<MonotonicTime> build_at{};     // when to ask for a candidate
    std::optional<MonotonicTime> build_began{};  // it was asked for, and has not come
    std::array<std::chrono::milliseconds, 3> timeouts{};

    // --- what it knows ---
    ledger::ValidationResult result{};  // of this iteration's validation
    std::map<std::uint8_t, std::vector<Candidate>> candidates{};
    Aggregator votes;
    StepVotesRegistry registry{};
    std::map<VotePlace, MessagePtr> own_votes{};        // null: it could not be signed
    std::map<VotePlace, std::uint64_t> voters_ahead{};  // bitsets of members that voted in iterations to come
    // Ratifications that waited for this round and name a result that does not hold. It is not signed: another's may be
    // the true one.
    std::vector<MessagePtr> unproven{};
    MessagePtr agreed{};  // the quorum of the least iteration that agreed on a block

    [[nodiscard]] ledger::ConsensusHeader header(std::uint8_t iteration) const;
    [[nodiscard]] const Committee& voters(const VotePlace& place) const {
        return start.committees->voters(place.iteration, place.step);
    }
    // Whether this node proposes in the iteration.
    [[nodiscard]] bool is_generator(std::uint8_t iteration) const;
    // Its number in the committee.
    [[nodiscard]] std::optional<std::size_t> own_number(const VotePlace& place) const;
    [[nodiscard]] const Candidate* candidate(std::uint8_t iteration) const;
    [[nodiscard]] std::optional<std::uint8_t> agreed_iteration() const;

    // Where the round is, or is about to be.
    [[nodiscard]] Position target() const { return next.value_or(at); }
    [[nodiscard]] bool is_future(const Position& position) const { return position > target() || position == next; }
    // The step is the one that runs, and can still be ended by what happens in it.
    [[nodiscard]] bool is_running(const Position& position) const { return !next && !is_settled && position == at; }
    // Late messages of an emergency count (§8.6); all others only in their step.
    [[nodiscard]] bool counts(const Position& position) const {
        return (!next && position == at) || is_emergency(position.iteration);
    }
    // Only forward; the farthest wins.
    void go_to(const Position& position);
    [[nodiscard]] std::chrono::milliseconds& timeout(ledger::Step step) {
        return timeouts[static_cast<std::size_t>(step)];
    }
    // This iteration has its block: it waits for the chain as long as a ratification takes.
    void settle(std::uint8_t iteration, Now now);
    // A message that was handled ended the step that runs.
    void took(Now now, Origin origin);

    template <class T>
    void emit(T action) {
        actions.emplace_back(std::move(action));
    }
    // Tells whoever watches.
    template <class Event>
    void tell(std::uint8_t iteration, Event&& event) const {
        if (watcher != nullptr) watcher->on_event({header(0).round, iteration, std::forward<Event>(event)});
    }
    // What is proven of a step, for the first time or not: whether it is news.
    bool set_validation(std::uint8_t iteration, const ledger::Vote& vote, const ledger::StepVotes& quorum);
    bool set_ratification(std::uint8_t iteration, const ledger::Vote& vote, const ledger::StepVotes& quorum);
    // Hands a message of the network on.
    void relay(const MessagePtr& message, Origin origin);
    // Keeps an early message, and hands it on.
    [[nodiscard]] MessageVerdict keep_for_later(const MessagePtr& message, const ledger::KeyBytes& signer,
                                                Origin origin);
    // Nothing, after saying why, where it cannot be signed.
    [[nodiscard]] std::optional<ledger::SignInfo> sign(const Position& position, ByteView message);
    // Whether a vote of our own may be cast here: a member has one, and none for later blocks where one is agreed on.
    [[nodiscard]] bool may_vote(const VotePlace& place) const;
    [[nodiscard]] const ledger::KeyBytes& own_key() const { return own_key_; }

  private:
    void tell_quorum(const VotePlace& place, const ledger::Vote& vote, std::uint64_t voters) const;

    Signer* signer_;
    ledger::KeyBytes own_key_{};
};

}  // namespace dusk::consensus
