#include "consensus/emergency.hpp"

namespace dusk::consensus {
namespace {

constexpr int kIterationsAtOnce = 4;

// The time of a ratification is not signed: with another one the message passes the filters of repeated messages.
MessagePtr renewed(const MessagePtr& message, Now now) {
    const auto* vote = std::get_if<ledger::RatificationMessage>(&message->payload);
    if (vote == nullptr) return message;
    ledger::RatificationMessage copy = *vote;
    copy.timestamp = unix_seconds(now.wall);
    return std::make_shared<const ledger::Message>(ledger::Message{message->version, std::move(copy)});
}

void say_again(RoundState& state, const VotePlace& place, Now now) {
    const auto own = state.own_votes.find(place);
    if (own == state.own_votes.end() || !own->second) return;
    state.emit(Broadcast{renewed(own->second, now)});
}

}  // namespace

void ask_for_candidate(RoundState& state, std::uint8_t iteration) {
    state.emit(Ask{{.items = {ledger::CandidateOfIteration{state.header(iteration)}}, .max_entries = 1}});
}

void ask_for_validation(RoundState& state, std::uint8_t iteration) {
    state.emit(Ask{{.items = {ledger::ValidationResultOf{state.header(iteration)}}, .max_entries = 1}});
}

std::uint8_t resend_some(RoundState& state, std::uint8_t from, Now now) {
    std::uint8_t iteration = from;
    for (int i = 0; i < kIterationsAtOnce; ++i) {
        ++iteration;
        if (iteration < kEmergencyFrom || iteration >= kMostIterations) iteration = kEmergencyFrom;
        if (state.registry.has_success(iteration)) continue;
        if (state.candidate(iteration) == nullptr) {
            ask_for_candidate(state, iteration);
        } else if (!state.registry.has_valid_quorum(iteration)) {
            ask_for_validation(state, iteration);
        }
        say_again(state, {iteration, ledger::VotingStep::validation}, now);
        say_again(state, {iteration, ledger::VotingStep::ratification}, now);
    }
    return iteration;
}

}  // namespace dusk::consensus
