#include "consensus/running_round.hpp"

#include <algorithm>

#include "consensus/emergency.hpp"
#include "consensus/foreign_messages.hpp"
#include "consensus/vote_intake.hpp"

namespace dusk::consensus {

using ledger::Step;

namespace {

constexpr std::uint8_t kLastIteration = kMostIterations - 1;

template <class Body>
bool is_awaited(const RoundState& state, const MessagePtr& message, const Body& body, ledger::VotingStep step) {
    IncomingVote vote{message, {body.header.iteration, step}, body.header, body.vote, body.sign_info, Origin::network};
    return !refuse_unread(state, vote);
}

}  // namespace

void RunningRound::begin(Now now) {
    state_.at = {std::min(state_.start.first_iteration, kLastIteration), Step::proposal};
    state_.next = state_.at;
    state_.tell(state_.at.iteration, RoundStarted{state_.start.tip.hash});
    // What came before the tip was known may take the round further at once.
    const ledger::ConsensusHeader header = state_.header(0);
    for (const MessagePtr& message : state_.future.take_round(header.round, header.prev_block_hash)) {
        dispatch(message, Origin::queue, now);
    }
    proceed(now);
}

void RunningRound::proceed(Now now) {
    while (state_.next) enter(*std::exchange(state_.next, std::nullopt), now);
}

void RunningRound::enter_iteration(std::uint8_t iteration, Now now) {
    state_.emit(IterationBegun{state_.start.tip.hash, iteration});
    const std::uint64_t tip = state_.start.tip.timestamp;
    const auto block_time = static_cast<std::uint64_t>(state_.settings.minimum_block_time.count());
    state_.slot = now.steady + until(tip + std::min(block_time, ~tip), now);
    grow_timeouts(iteration - entered_);
    entered_ = static_cast<std::uint8_t>(iteration + 1);
    forget_before(iteration);
    tell_iteration(iteration);
}

// Draws the committees, which the round needs soon anyway.
void RunningRound::tell_iteration(std::uint8_t iteration) const {
    if (state_.watcher == nullptr) return;
    state_.tell(iteration,
                IterationStarted{state_.start.committees->generator(iteration),
                                 state_.voters({iteration, ledger::VotingStep::validation}),
                                 state_.voters({iteration, ledger::VotingStep::ratification}), state_.timeouts});
}

void RunningRound::enter(const Position& position, Now now) {
    const bool is_new = position.step == Step::proposal || position.iteration != state_.at.iteration;
    state_.at = position;
    state_.is_settled = state_.registry.has_success(position.iteration);
    state_.judge_at.reset();
    state_.build_at.reset();
    state_.step_began = now.steady;
    if (is_new) enter_iteration(position.iteration, now);
    if (position.step == Step::proposal) state_.result = {};
    const MonotonicTime from = position.step == Step::proposal ? std::max(now.steady, state_.slot) : now.steady;
    state_.deadline = from + state_.timeout(state_.is_settled ? Step::ratification : position.step);
    state_.tell(position.iteration, StepStarted{position.step, state_.deadline});

    const ledger::ConsensusHeader header = state_.header(position.iteration);
    const auto early = state_.future.take(header.round, header.prev_block_hash, position.iteration, position.step);
    const auto is_earlier = [&](const MessagePtr& message) {
        const bool is_vote = std::holds_alternative<ledger::ValidationMessage>(message->payload);
        return Position{message->routing_header().iteration, is_vote ? Step::validation : Step::ratification} <
               position;
    };
    const auto first_of_step = std::ranges::find_if_not(early, is_earlier);
    for (auto message = early.begin(); message != first_of_step; ++message) dispatch(*message, Origin::queue, now);
    if (!state_.is_settled && !state_.next) {
        switch (position.step) {
            case Step::proposal:
                proposal_.begin(now);
                break;
            case Step::validation:
                validation_.begin(now);
                break;
            case Step::ratification:
                ratification_.begin(now);
                if (is_new) proposal_.on_judge_time(now);
                break;
        }
    }
    for (auto message = first_of_step; message != early.end(); ++message) dispatch(*message, Origin::queue, now);
}

void RunningRound::forget_before(std::uint8_t iteration) {
    const auto is_over = [&](std::uint8_t other) { return other < iteration && !is_emergency(other); };
    std::erase_if(state_.own_votes, [&](const auto& entry) { return is_over(entry.first.iteration); });
    std::erase_if(state_.voters_ahead, [&](const auto& entry) { return entry.first.iteration <= iteration; });
    for (auto& [other, candidates] : state_.candidates) {
        if (!is_over(other)) continue;
        for (Candidate& candidate : candidates) candidate.block.reset();
    }
}

MessageVerdict RunningRound::on_message(const MessagePtr& message, Now now) {
    const MessageVerdict verdict = dispatch(message, Origin::network, now);
    proceed(now);
    return verdict;
}

MessageVerdict RunningRound::dispatch(const MessagePtr& message, Origin origin, Now now) {
    const ledger::ConsensusHeader header = message->routing_header();
    const ledger::ConsensusHeader ours = state_.header(header.iteration);
    if (!may_be_kept(header, *state_.start.committees)) return MessageVerdict::ignored;
    if (header != ours) {
        return keep_foreign(message, *state_.start.committees, state_.signatures, state_.future, state_.actions);
    }
    if (const auto* candidate = std::get_if<ledger::CandidateMessage>(&message->payload)) {
        return proposal_.on_candidate(message, candidate->block, origin, now);
    }
    if (const auto* vote = std::get_if<ledger::ValidationMessage>(&message->payload)) {
        return validation_.on_vote(message, *vote, origin, now);
    }
    if (const auto* vote = std::get_if<ledger::RatificationMessage>(&message->payload)) {
        return ratification_.on_vote(message, *vote, origin, now);
    }
    if (const auto* quorum = std::get_if<ledger::QuorumMessage>(&message->payload)) {
        return ratification_.on_quorum(message, *quorum, now);
    }
    if (const auto* quorum = std::get_if<ledger::ValidationQuorumMessage>(&message->payload)) {
        return ratification_.on_validation_quorum(*quorum, now);
    }
    return MessageVerdict::ignored;
}

std::optional<Signatures::Claim> RunningRound::unverified_vote(const MessagePtr& message) const {
    if (std::holds_alternative<ledger::CandidateMessage>(message->payload)) return {};
    if (!may_be_kept(message->routing_header(), *state_.start.committees)) return {};
    auto claim = what_is_signed(message->payload);
    if (!claim) return {};
    const ledger::ConsensusHeader header = message->routing_header();
    bool is_wanted = false;
    if (header != state_.header(header.iteration)) {
        is_wanted = state_.start.committees->is_eligible({claim->sign_info.signer.to_bytes()});
    } else if (const auto* vote = std::get_if<ledger::ValidationMessage>(&message->payload)) {
        is_wanted = is_awaited(state_, message, *vote, ledger::VotingStep::validation);
    } else if (const auto* second = std::get_if<ledger::RatificationMessage>(&message->payload)) {
        is_wanted = is_awaited(state_, message, *second, ledger::VotingStep::ratification);
    }
    return is_wanted ? std::move(claim) : std::nullopt;
}

void RunningRound::on_candidate_built(ledger::Block block, Now now) {
    proposal_.on_built(std::move(block), now);
    proceed(now);
}

void RunningRound::on_candidate_judged(const ledger::BlockHash& block, Verdict verdict, Now now) {
    validation_.on_judged(block, verdict, now);
    proceed(now);
}

std::optional<MonotonicTime> RunningRound::wakeup() const {
    std::optional<MonotonicTime> first = state_.deadline;
    for (const auto& other : {state_.judge_at, state_.build_at}) {
        if (other) first = first ? std::min(*first, *other) : *other;
    }
    return first;
}

void RunningRound::on_time(Now now) {
    if (state_.judge_at && now.steady >= *state_.judge_at) proposal_.on_judge_time(now);
    if (state_.build_at && now.steady >= *state_.build_at) proposal_.on_build_time(now);
    if (state_.deadline && now.steady >= *state_.deadline) on_deadline(now);
    proceed(now);
}

void RunningRound::on_deadline(Now now) {
    if (state_.is_open) {
        state_.deadline = now.steady + kMostStepTimeout;
        if (state_.agreed) state_.emit(BlockAgreed{state_.agreed});
        resent_ = resend_some(state_, resent_, now);
        return;
    }
    if (state_.is_settled) return end_iteration(now);
    const std::uint8_t iteration = state_.at.iteration;
    switch (state_.at.step) {
        case Step::proposal:
            if (state_.candidate(iteration) == nullptr) {
                grow_timeout(Step::proposal);
                if (is_emergency(iteration)) ask_for_candidate(state_, iteration);
            }
            return state_.go_to({iteration, Step::validation});
        case Step::validation:
            grow_timeout(Step::validation);
            if (is_emergency(iteration)) ask_for_validation(state_, iteration);
            state_.result = {};
            return state_.go_to({iteration, Step::ratification});
        case Step::ratification:
            grow_timeout(Step::ratification);
            return end_iteration(now);
    }
}

void RunningRound::grow_timeout(Step step) {
    const std::chrono::milliseconds most = std::max<std::chrono::milliseconds>(state_.timeout(step), kMostStepTimeout);
    state_.timeout(step) = std::min(state_.timeout(step) + kStepTimeoutIncrease, most);
}

void RunningRound::grow_timeouts(int skipped) {
    for (int i = 0; i < skipped; ++i) {
        for (const Step step : {Step::proposal, Step::validation, Step::ratification}) grow_timeout(step);
    }
}

void RunningRound::end_iteration(Now now) {
    // The chain may have failed to find the block.
    if (state_.agreed) state_.emit(BlockAgreed{state_.agreed});
    if (!state_.is_settled) {
        state_.tell(state_.at.iteration, IterationEnded{IterationEnded::Outcome::timed_out, std::nullopt});
    }
    if (state_.at.iteration < kLastIteration) {
        state_.is_settled = false;
        return state_.go_to({static_cast<std::uint8_t>(state_.at.iteration + 1), Step::proposal});
    }
    state_.is_open = true;
    state_.deadline = now.steady + kMostStepTimeout;
}

}  // namespace dusk::consensus
