#include "consensus/round_view.hpp"

#include "consensus/round_state.hpp"

namespace dusk::consensus {
namespace {

std::vector<MemberView> members_of(const RoundState& state, const VotePlace& place) {
    std::vector<MemberView> out;
    std::size_t number = 0;
    for (const Committee::Member& member : state.voters(place).members()) {
        const auto* cast = state.votes.vote_of(place, number++);
        out.push_back({.key = member.bytes,
                       .credits = member.credits,
                       .vote = cast == nullptr ? std::nullopt : std::optional(cast->vote)});
    }
    return out;
}

}  // namespace

RoundView view_of(const RoundState& state) {
    const std::uint8_t iteration = state.at.iteration;
    RoundView out{.round = state.header(0).round,
                  .tip = state.start.tip.hash,
                  .iteration = iteration,
                  .step = state.at.step,
                  .step_began = state.step_began,
                  .deadline = state.deadline,
                  .timeouts = state.timeouts,
                  .is_agreed = state.agreed != nullptr,
                  .validation = members_of(state, {iteration, ledger::VotingStep::validation}),
                  .ratification = members_of(state, {iteration, ledger::VotingStep::ratification})};
    if (const auto* generator = state.start.committees->generator(iteration)) out.generator = generator->bytes;
    if (const Candidate* candidate = state.candidate(iteration)) {
        out.candidate = candidate->hash;
        out.verdict = candidate->verdict;
    }
    return out;
}

}  // namespace dusk::consensus
