#include "consensus/round_state.hpp"

#include <algorithm>

namespace dusk::consensus {

RoundState::RoundState(const RoundTools& tools, RoundStart start)
    : settings(tools.settings),
      signatures(tools.signatures),
      future(tools.future),
      actions(tools.actions),
      build_took(tools.build_took),
      watcher(tools.watcher),
      start(std::move(start)),
      votes(signatures),
      signer_(tools.signer) {
    if (signer_ != nullptr) own_key_ = {signer_->key().to_bytes()};
    for (std::size_t i = 0; i < timeouts.size(); ++i) {
        const std::chrono::milliseconds least = settings.least_step_timeout;
        const std::chrono::milliseconds most = std::max(least, std::chrono::milliseconds(kMostStepTimeout));
        timeouts.at(i) = std::clamp(this->start.timeouts.at(i), least, most);
    }
}

ledger::ConsensusHeader RoundState::header(std::uint8_t iteration) const {
    return {start.tip.hash, start.tip.height.value + 1, iteration};
}

bool RoundState::is_generator(std::uint8_t iteration) const {
    if (signer_ == nullptr) return false;
    const auto* generator = start.committees->generator(iteration);
    return generator != nullptr && generator->bytes == own_key_;
}

std::optional<std::size_t> RoundState::own_number(const VotePlace& place) const {
    if (signer_ == nullptr) return {};
    return voters(place).find(own_key_);
}

const Candidate* RoundState::candidate(std::uint8_t iteration) const {
    const auto found = candidates.find(iteration);
    return found == candidates.end() || found->second.empty() ? nullptr : &found->second.front();
}

std::optional<std::uint8_t> RoundState::agreed_iteration() const {
    if (!agreed) return {};
    return agreed->routing_header().iteration;
}

void RoundState::go_to(const Position& position) {
    if (position <= at) return;
    if (is_settled && position.iteration == at.iteration) return;
    if (!next || position > *next) next = position;
}

void RoundState::settle(std::uint8_t iteration, Now now) {
    if (iteration != at.iteration || is_settled) return;
    if (next && next->iteration > iteration) return;
    next.reset();
    judge_at.reset();
    build_at.reset();
    is_settled = true;
    if (at.step != ledger::Step::ratification) deadline = now.steady + timeout(ledger::Step::ratification);
}

void RoundState::took(Now now, Origin origin) {
    if (origin == Origin::queue || is_emergency(at.iteration)) return;
    const MonotonicTime began = at.step == ledger::Step::proposal ? std::max(step_began, slot) : step_began;
    const auto time = std::max(now.steady - began, std::chrono::nanoseconds(0));
    emit(StepTook{at.step, std::chrono::duration_cast<std::chrono::milliseconds>(time)});
}

bool RoundState::set_validation(std::uint8_t iteration, const ledger::Vote& vote, const ledger::StepVotes& quorum) {
    if (!registry.set_validation(iteration, vote, quorum)) return false;
    tell_quorum({iteration, ledger::VotingStep::validation}, vote, quorum.voters);
    return true;
}

bool RoundState::set_ratification(std::uint8_t iteration, const ledger::Vote& vote, const ledger::StepVotes& quorum) {
    if (!registry.set_ratification(iteration, vote, quorum)) return false;
    tell_quorum({iteration, ledger::VotingStep::ratification}, vote, quorum.voters);
    return true;
}

void RoundState::tell_quorum(const VotePlace& place, const ledger::Vote& vote, std::uint64_t voters) const {
    if (watcher == nullptr) return;
    tell(place.iteration, QuorumReached{place.step, vote, voters, this->voters(place).credits_of(voters)});
}

void RoundState::relay(const MessagePtr& message, Origin origin) {
    if (origin == Origin::network) emit(Broadcast{message});
}

MessageVerdict RoundState::keep_for_later(const MessagePtr& message, const ledger::KeyBytes& signer, Origin origin) {
    if (future.push(message, signer) != FutureMessages::Outcome::queued) return MessageVerdict::ignored;
    relay(message, origin);
    return MessageVerdict::taken;
}

std::optional<ledger::SignInfo> RoundState::sign(const Position& position, ByteView message) {
    const SigningSlot purpose{header(position.iteration), position.step};
    const auto signature = signer_->sign(purpose, message);
    if (signature) return ledger::SignInfo{signer_->key(), *signature};
    emit(CannotSign{purpose, signature.error()});
    return {};
}

bool RoundState::may_vote(const VotePlace& place) const {
    if (own_votes.contains(place) || !own_number(place)) return false;
    const auto agreed_in = agreed_iteration();
    return !agreed_in || place.iteration <= *agreed_in || is_emergency(place.iteration);
}

}  // namespace dusk::consensus
