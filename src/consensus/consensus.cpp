#include "consensus/consensus.hpp"

#include "consensus/foreign_messages.hpp"
#include "consensus/running_round.hpp"

namespace dusk::consensus {

Consensus::Consensus(const ConsensusSettings& settings, Signatures& signatures, Signer* signer)
    : settings_(settings), signatures_(signatures), signer_(signer), future_({.of_step = settings.most_queued}) {}

Consensus::~Consensus() = default;

void Consensus::start(RoundStart round, Now now) {
    const std::uint64_t height = round.tip.height.value + 1;
    future_.keep_rounds(height, height + kMostRoundDistance);
    const RoundTools tools{settings_, signatures_, signer_, future_, actions_, build_took_, watcher_};
    round_ = std::make_unique<RunningRound>(tools, std::move(round));
    round_->begin(now);
}

void Consensus::stop() { round_.reset(); }

MessageVerdict Consensus::keep(const MessagePtr& message, const RoundCommittees& committees) {
    if (round_ || !may_be_kept(message->routing_header(), committees)) return MessageVerdict::ignored;
    future_.keep_rounds(committees.round().value, committees.round().value + kMostRoundDistance);
    return keep_foreign(message, committees, signatures_, future_, actions_);
}

MessageVerdict Consensus::on_message(const MessagePtr& message, Now now) {
    return round_ ? round_->on_message(message, now) : MessageVerdict::ignored;
}

std::optional<Signatures::Claim> Consensus::unverified_vote(const MessagePtr& message) const {
    return round_ ? round_->unverified_vote(message) : std::nullopt;
}

void Consensus::on_candidate_built(ledger::Block block, Now now) {
    if (round_) round_->on_candidate_built(std::move(block), now);
}

// The others wait for the candidate as long as this node does: there is nothing to be hurried.

void Consensus::on_candidate_judged(const ledger::BlockHash& block, Verdict verdict, Now now) {
    if (round_) round_->on_candidate_judged(block, verdict, now);
}

void Consensus::on_time(Now now) {
    if (round_) round_->on_time(now);
}

std::optional<MonotonicTime> Consensus::wakeup() const { return round_ ? round_->wakeup() : std::nullopt; }

std::vector<Action> Consensus::take_actions() { return std::exchange(actions_, {}); }

std::optional<RoundView> Consensus::view() const {
    return round_ ? std::optional(view_of(round_->state())) : std::nullopt;
}

std::optional<ConsensusStatus> Consensus::status() const {
    if (!round_) return {};
    const RoundState& state = round_->state();
    return ConsensusStatus{.round = state.header(0).round,
                           .iteration = state.at.iteration,
                           .step = state.at.step,
                           .is_open = state.is_open,
                           .has_candidate = state.candidate(state.at.iteration) != nullptr,
                           .is_agreed = state.agreed != nullptr,
                           .step_began = state.step_began,
                           .timeouts = state.timeouts,
                           .queued = future_.size(),
                           .queued_bytes = future_.bytes()};
}

}  // namespace dusk::consensus
