#include "consensus/ratification.hpp"

#include <utility>

#include "consensus/quorum.hpp"
#include "consensus/vote_intake.hpp"

namespace dusk::consensus {
namespace {

using Kind = ledger::Vote::Kind;
using ledger::VotingStep;

bool is_valid(const ledger::Vote& vote) { return vote.kind() == Kind::valid; }

template <class Body>
MessagePtr make_message(Body body) {
    return std::make_shared<const ledger::Message>(ledger::Message{.payload = std::move(body)});
}

}  // namespace

ledger::QuorumType quorum_type(const ledger::Vote& vote) {
    switch (vote.kind()) {
        case Kind::valid:
            return ledger::QuorumType::valid;
        case Kind::invalid:
            return ledger::QuorumType::invalid;
        case Kind::no_candidate:
            return ledger::QuorumType::no_candidate;
        case Kind::no_quorum:
            break;
    }
    return ledger::QuorumType::no_quorum;
}

void Ratification::vote(std::uint8_t iteration, const ledger::ValidationResult& result, Now now) {
    if (is_emergency(iteration) && !is_valid(result.vote)) return;
    const VotePlace place{iteration, VotingStep::ratification};
    if (!state_.may_vote(place)) return;
    ledger::RatificationMessage body{.header = state_.header(iteration), .vote = result.vote};
    body.timestamp = unix_seconds(now.wall);
    body.validation_result = result;
    const auto signature = state_.sign({iteration, ledger::Step::ratification}, body.signed_bytes());
    auto& own = state_.own_votes[place];
    if (!signature) return;
    body.sign_info = *signature;
    const MessagePtr message = make_message(std::move(body));
    own = message;
    state_.emit(Broadcast{message});
    on_vote(message, std::get<ledger::RatificationMessage>(message->payload), Origin::own, now);
}

bool Ratification::holds(const ledger::ConsensusHeader& header, const ledger::ValidationResult& result, Origin origin,
                         Now now) {
    if (state_.registry.validation(header.iteration, result.vote) != nullptr) return true;
    const Committee& committee = state_.voters({header.iteration, VotingStep::validation});
    if (!verify_quorum(header, VotingStep::validation, result.vote, result.votes, committee, state_.signatures)) {
        return false;
    }
    learn(header.iteration, result, origin, now);
    return true;
}

void Ratification::learn(std::uint8_t iteration, const ledger::ValidationResult& result, Origin origin, Now now) {
    if (!state_.set_validation(iteration, result.vote, result.votes)) return;
    // The type is not signed.
    const ledger::ValidationResult known{result.votes, result.vote, quorum_type(result.vote)};
    if (is_emergency(iteration)) state_.emit(KeepValidationResult{state_.header(iteration), known});
    adopt(iteration, known, origin, now);
    count_unproven(iteration, result.vote, now);
}

void Ratification::count_unproven(std::uint8_t iteration, const ledger::Vote& vote, Now now) {
    std::vector<MessagePtr> others;
    for (MessagePtr& message : std::exchange(state_.unproven, {})) {
        const auto& body = std::get<ledger::RatificationMessage>(message->payload);
        if (body.header.iteration == iteration && body.vote == vote) {
            static_cast<void>(on_vote(message, body, Origin::queue, now));
        } else {
            others.push_back(std::move(message));
        }
    }
    state_.unproven.insert(state_.unproven.end(), others.begin(), others.end());
}

void Ratification::adopt(std::uint8_t iteration, const ledger::ValidationResult& known, Origin origin, Now now) {
    const Position here{iteration, ledger::Step::ratification};
    if (state_.target() < here) {
        if (state_.is_running({iteration, ledger::Step::validation})) state_.took(now, origin);
        state_.result = known;
        state_.go_to(here);
        return;
    }
    if (!state_.next && state_.at == here && state_.result.vote.kind() == Kind::no_quorum) state_.result = known;
    if (is_emergency(iteration)) vote(iteration, known, now);
}

MessageVerdict Ratification::on_vote(const MessagePtr& message, const ledger::RatificationMessage& body, Origin origin,
                                     Now now) {
    const ledger::ValidationResult& result = body.validation_result;
    const bool has_result = body.vote.kind() != Kind::no_quorum;
    if (body.vote != result.vote) return MessageVerdict::rejected;
    if (!has_result && !result.votes.is_empty()) return MessageVerdict::rejected;
    const std::uint8_t iteration = body.header.iteration;
    if (is_emergency(iteration) && !is_valid(body.vote)) return MessageVerdict::ignored;

    IncomingVote vote{message, {iteration, VotingStep::ratification}, body.header, body.vote, body.sign_info, origin};
    if (const auto verdict = refuse(state_, vote)) return *verdict;
    const bool matters = state_.is_future(vote.position()) || state_.counts(vote.position());
    if (has_result && matters && !holds(body.header, result, origin, now)) {
        if (origin == Origin::queue) state_.unproven.push_back(message);
        return MessageVerdict::rejected;
    }
    if (state_.is_future(vote.position())) return keep_early(state_, vote);

    const auto tally = count(state_, vote);
    if (!tally) return tally.error();
    if (tally->reached && state_.counts(vote.position())) {
        if (state_.is_running(vote.position()) && !state_.is_open) state_.took(now, origin);
        state_.set_ratification(iteration, body.vote, tally->votes);
        conclude(iteration, body.vote, nullptr, now);
    }
    return MessageVerdict::taken;
}

MessageVerdict Ratification::on_quorum(const MessagePtr& message, const ledger::QuorumMessage& body, Now now) {
    const std::uint8_t iteration = body.header.iteration;
    const ledger::RatificationResult& result = body.attestation.result;
    if (is_emergency(iteration) && !is_valid(result.vote)) return MessageVerdict::ignored;
    if (state_.registry.attestation(iteration, result.vote)) return MessageVerdict::ignored;
    if (result.vote.kind() != Kind::no_quorum) {
        state_.set_validation(iteration, result.vote, body.attestation.validation);
    }
    state_.set_ratification(iteration, result.vote, body.attestation.ratification);
    // Whether it is called a success is not signed: what the votes say counts.
    const bool is_honest = result == ledger::RatificationResult::of(result.vote);
    conclude(iteration, result.vote, is_honest ? message : nullptr, now);
    return MessageVerdict::taken;
}

MessageVerdict Ratification::on_validation_quorum(const ledger::ValidationQuorumMessage& body, Now now) {
    const std::uint8_t iteration = body.header.iteration;
    if (!is_emergency(iteration) || !is_valid(body.result.vote)) return MessageVerdict::ignored;
    if (state_.registry.validation(iteration, body.result.vote) != nullptr) return MessageVerdict::ignored;
    return holds(body.header, body.result, Origin::network, now) ? MessageVerdict::taken : MessageVerdict::rejected;
}

void Ratification::conclude(std::uint8_t iteration, const ledger::Vote& vote, MessagePtr message, Now now) {
    const auto attestation = state_.registry.attestation(iteration, vote);
    if (!attestation) return;
    if (!message) message = make_message(ledger::QuorumMessage{state_.header(iteration), *attestation});
    using Outcome = IterationEnded::Outcome;
    state_.tell(iteration, IterationEnded{is_valid(vote) ? Outcome::agreed : Outcome::failed, vote});
    if (!is_valid(vote)) {
        state_.emit(Broadcast{std::move(message)});
        if (iteration >= state_.target().iteration) {
            state_.go_to({static_cast<std::uint8_t>(iteration + 1), ledger::Step::proposal});
        }
        return;
    }
    state_.emit(BlockAgreed{message});
    const auto agreed_in = state_.agreed_iteration();
    if (!agreed_in || iteration < *agreed_in) state_.agreed = std::move(message);
    state_.settle(iteration, now);
    if (iteration > state_.target().iteration) state_.go_to({iteration, ledger::Step::ratification});
}

}  // namespace dusk::consensus
