#include "consensus/vote_intake.hpp"

namespace dusk::consensus {
namespace {

template <class DoubleVote>
ledger::Fault fault_of(const IncomingVote& vote, const Aggregator::Cast& earlier) {
    using Item = ledger::FaultItem<ledger::Vote>;
    const ledger::SignInfo signed_earlier{vote.sign_info.signer, earlier.signature};
    return ledger::Fault(
        DoubleVote{Item{vote.header, signed_earlier, earlier.vote}, Item{vote.header, vote.sign_info, vote.vote}});
}

void report(RoundState& state, const IncomingVote& vote) {
    const auto* earlier = state.votes.vote_of(vote.place, vote.member);
    if (earlier == nullptr) return;
    state.emit(EquivocationSeen{vote.place.step == ledger::VotingStep::validation
                                    ? fault_of<ledger::DoubleValidationVote>(vote, *earlier)
                                    : fault_of<ledger::DoubleRatificationVote>(vote, *earlier)});
}

MessageVerdict verdict_of(Aggregator::Refusal refusal) {
    const bool is_harmless = refusal == Aggregator::Refusal::known || refusal == Aggregator::Refusal::crowded;
    return is_harmless ? MessageVerdict::ignored : MessageVerdict::rejected;
}

}  // namespace

std::optional<MessageVerdict> refuse_unread(const RoundState& state, IncomingVote& vote) {
    const auto member = state.voters(vote.place).find({vote.sign_info.signer.to_bytes()});
    if (!member) return MessageVerdict::rejected;
    vote.member = *member;
    if (const auto refusal = state.votes.refusal(vote.place, *member, vote.vote)) return verdict_of(*refusal);
    return {};
}

std::optional<MessageVerdict> refuse(const RoundState& state, IncomingVote& vote) {
    if (const auto verdict = refuse_unread(state, vote)) return verdict;
    if (vote.origin != Origin::network) return {};
    const Bytes message = ledger::signed_vote(vote.header, vote.place.step, vote.vote);
    if (!state.signatures.verify(vote.sign_info, message)) return MessageVerdict::rejected;
    return {};
}

MessageVerdict keep_early(RoundState& state, const IncomingVote& vote) {
    const auto verdict = state.keep_for_later(vote.message, {vote.sign_info.signer.to_bytes()}, vote.origin);
    if (verdict != MessageVerdict::taken || vote.place.iteration <= state.target().iteration) return verdict;
    std::uint64_t& voters = state.voters_ahead[vote.place];
    voters |= std::uint64_t{1} << vote.member;
    if (state.voters(vote.place).credits_of(voters) >= majority(kCommitteeCredits)) state.go_to(vote.position());
    return verdict;
}

Result<Aggregator::Tally, MessageVerdict> count(RoundState& state, const IncomingVote& vote) {
    const auto tally =
        state.votes.add(vote.place, state.voters(vote.place), vote.member, vote.vote, vote.sign_info.signature);
    if (!tally) {
        if (tally.error() == Aggregator::Refusal::conflict) report(state, vote);
        return fail(verdict_of(tally.error()));
    }
    state.relay(vote.message, vote.origin);
    state.tell(vote.place.iteration, VoteCounted{vote.place.step, vote.member, state.voters(vote.place), vote.vote,
                                                 tally->credits, vote.origin == Origin::own});
    return *tally;
}

}  // namespace dusk::consensus
