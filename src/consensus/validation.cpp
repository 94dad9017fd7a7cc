#include "consensus/validation.hpp"

#include <algorithm>

#include "consensus/vote_intake.hpp"

namespace dusk::consensus {

using ledger::VotingStep;

void Validation::begin(Now now) {
    const std::uint8_t iteration = state_.at.iteration;
    const auto found = state_.candidates.find(iteration);
    if (found == state_.candidates.end() || found->second.empty()) {
        if (!is_emergency(iteration)) cast(iteration, ledger::Vote::no_candidate(), now);
        return;
    }
    consider(iteration, found->second.front(), now);
    vote_on(iteration, found->second.front(), now);
}

void Validation::consider(std::uint8_t iteration, Candidate& candidate, Now now) {
    if (candidate.is_asked || iteration > state_.at.iteration) return;
    if (iteration < state_.at.iteration && !is_emergency(iteration)) return;
    // Who made it knows that it holds.
    if (state_.is_generator(iteration) && !state_.own_number({iteration, VotingStep::validation})) return;
    const bool is_waiting = iteration == state_.at.iteration && state_.at.step == ledger::Step::proposal;
    const std::uint64_t timestamp = candidate.block->header.timestamp;
    const std::uint64_t margin = static_cast<std::uint64_t>(kTimestampMargin.count());
    const auto ahead = until(timestamp - std::min(timestamp, margin), now);
    if (is_waiting && ahead > std::chrono::seconds(0)) {
        state_.judge_at = now.steady + ahead;
        return;
    }
    candidate.is_asked = true;
    state_.emit(JudgeCandidate{candidate.block});
}

void Validation::on_judged(const ledger::BlockHash& block, Verdict verdict, Now now) {
    for (auto& [iteration, candidates] : state_.candidates) {
        const auto found = std::ranges::find(candidates, block, &Candidate::hash);
        if (found == candidates.end()) continue;
        if (!found->is_asked || found->verdict) return;
        found->verdict = verdict;
        state_.tell(iteration, CandidateJudged{block, verdict});
        found->block.reset();
        vote_on(iteration, *found, now);
        return;
    }
}

// Of an iteration whose validation has not begun: then. Of one that is over: too late, but in an emergency.
void Validation::vote_on(std::uint8_t iteration, const Candidate& candidate, Now now) {
    if (!candidate.verdict || *candidate.verdict == Verdict::unknown) return;
    const Position validation{iteration, ledger::Step::validation};
    if (state_.at < validation) return;
    if (iteration != state_.at.iteration && !is_emergency(iteration)) return;
    if (*candidate.verdict == Verdict::valid) {
        cast(iteration, ledger::Vote::valid(candidate.hash), now);
    } else if (!is_emergency(iteration)) {
        cast(iteration, ledger::Vote::invalid(candidate.hash), now);
    }
}

void Validation::cast(std::uint8_t iteration, const ledger::Vote& vote, Now now) {
    const VotePlace place{iteration, VotingStep::validation};
    if (!state_.may_vote(place)) return;
    ledger::ValidationMessage body{.header = state_.header(iteration), .vote = vote};
    const auto signature = state_.sign({iteration, ledger::Step::validation}, body.signed_bytes());
    auto& own = state_.own_votes[place];
    if (!signature) return;
    body.sign_info = *signature;
    const MessagePtr message = std::make_shared<const ledger::Message>(ledger::Message{.payload = std::move(body)});
    own = message;
    state_.emit(Broadcast{message});
    on_vote(message, std::get<ledger::ValidationMessage>(message->payload), Origin::own, now);
}

MessageVerdict Validation::on_vote(const MessagePtr& message, const ledger::ValidationMessage& body, Origin origin,
                                   Now now) {
    if (body.vote.kind() == ledger::Vote::Kind::no_quorum) return MessageVerdict::rejected;
    const std::uint8_t iteration = body.header.iteration;
    if (is_emergency(iteration) && body.vote.kind() != ledger::Vote::Kind::valid) return MessageVerdict::ignored;

    IncomingVote vote{message, {iteration, VotingStep::validation}, body.header, body.vote, body.sign_info, origin};
    if (const auto verdict = refuse(state_, vote)) return *verdict;
    if (state_.is_future(vote.position())) return keep_early(state_, vote);
    const auto tally = count(state_, vote);
    if (!tally) return tally.error();
    if (tally->reached && state_.counts(vote.position())) {
        ratification_.learn(iteration, {tally->votes, body.vote, quorum_type(body.vote)}, origin, now);
    }
    return MessageVerdict::taken;
}

}  // namespace dusk::consensus
