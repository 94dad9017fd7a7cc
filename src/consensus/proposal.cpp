#include "consensus/proposal.hpp"

#include <algorithm>
#include <utility>

#include "ledger/limits.hpp"

namespace dusk::consensus {
namespace {

// Candidates of so many iterations to come are looked at.
constexpr std::uint8_t kMostAhead = 8;
// For the way of a candidate to the others; a quarter of the block time where that is less.
constexpr std::chrono::nanoseconds kLongestWay = std::chrono::seconds(2);

}  // namespace

bool is_intact(const ledger::Block& block) {
    return block.header.attestation.is_default() && block.transactions.size() <= ledger::kMostBlockTransactions &&
           block.faults.size() <= ledger::kMostBlockFaults && block.hash_holds() &&
           ledger::encode(block).size() <= ledger::kMostBlockBytes &&
           ledger::transactions_root(block.transactions) == block.header.transactions_root &&
           ledger::faults_root(block.faults) == block.header.faults_root;
}

void Proposal::begin(Now now) {
    const std::uint8_t iteration = state_.at.iteration;
    if (const auto found = state_.candidates.find(iteration); found != state_.candidates.end()) {
        return proceed(found->second.front(), Origin::queue, now);
    }
    if (!state_.is_generator(iteration)) return;
    state_.build_at = build_time(now);
    if (now.steady >= *state_.build_at) on_build_time(now);
}

// Late, so that the block holds the transactions of the meantime; but so early that it can be made, sent and judged
// before its slot, if that takes as long as the last time. A clock that is behind does not make it later than a block
// time after the round began.
MonotonicTime Proposal::build_time(Now now) const {
    const std::chrono::nanoseconds block_time = state_.settings.minimum_block_time;
    const auto way = std::min(kLongestWay, block_time / 4);
    const auto lead = std::min(block_time, way + 2 * state_.build_took);
    return std::min(state_.slot, now.steady + block_time) - lead;
}

void Proposal::on_build_time(Now now) {
    state_.build_at.reset();
    const std::uint8_t iteration = state_.at.iteration;
    // Another block would compete with the one that has its quorum.
    if (state_.agreed && !is_emergency(iteration)) return;
    state_.build_began = now.steady;
    state_.emit(
        BuildCandidate{state_.header(iteration), state_.registry.failures_before(iteration, *state_.start.committees)});
}

std::optional<MessageVerdict> Proposal::refuse(const ledger::Block& block, Origin origin) {
    const ledger::BlockHeader& header = block.header;
    const auto known = state_.candidates.find(header.iteration);
    if (known != state_.candidates.end()) {
        if (std::ranges::find(known->second, header.hash, &Candidate::hash) != known->second.end())
            return MessageVerdict::ignored;
        if (known->second.size() >= RoundState::kMostCandidates) return MessageVerdict::ignored;
    }
    if (header.iteration > state_.target().iteration + kMostAhead) return MessageVerdict::ignored;
    const auto* generator = state_.start.committees->generator(header.iteration);
    if (generator == nullptr || generator->bytes != header.generator) return MessageVerdict::rejected;
    if (!state_.signatures.verify(std::span(&generator->key, 1), header.signature, header.hash.bytes)) {
        return MessageVerdict::rejected;
    }
    // What waits in the queue was looked at when it came.
    if (origin == Origin::network && !is_intact(block)) return MessageVerdict::rejected;
    return {};
}

MessageVerdict Proposal::on_candidate(const MessagePtr& message, const ledger::Block& block, Origin origin, Now now) {
    if (const auto verdict = refuse(block, origin)) return *verdict;
    state_.relay(message, origin);
    keep(block.header.iteration, BlockPtr(message, &block), origin, now);
    return MessageVerdict::taken;
}

void Proposal::keep(std::uint8_t iteration, BlockPtr block, Origin origin, Now now) {
    auto& candidates = state_.candidates[iteration];
    Candidate& candidate = candidates.emplace_back(block->header.hash, block);
    state_.tell(iteration, CandidateSeen{*block, origin == Origin::own});
    state_.emit(KeepCandidate{std::move(block)});
    if (candidates.size() == 1 && state_.is_running({iteration, ledger::Step::proposal})) {
        proceed(candidate, origin, now);
    } else if (is_emergency(iteration)) {
        validation_.consider(iteration, candidate, now);
    }
}

void Proposal::proceed(Candidate& candidate, Origin origin, Now now) {
    if (origin == Origin::network) state_.took(now, origin);
    if (now.steady >= state_.slot) {
        state_.go_to({state_.at.iteration, ledger::Step::validation});
        return;
    }
    state_.deadline = state_.slot;
    validation_.consider(state_.at.iteration, candidate, now);
}

void Proposal::on_built(ledger::Block block, Now now) {
    const std::uint8_t iteration = block.header.iteration;
    const ledger::ConsensusHeader header = state_.header(iteration);
    if (state_.build_began) state_.build_took = now.steady - *std::exchange(state_.build_began, std::nullopt);
    if (block.header.prev_block_hash != header.prev_block_hash || block.header.height.value != header.round) return;
    if (!state_.is_generator(iteration) || state_.candidate(iteration) != nullptr) return;
    const bool is_late = is_emergency(iteration) && iteration <= state_.at.iteration;
    if (!state_.is_running({iteration, ledger::Step::proposal}) && !is_late) return;

    block.header.generator = state_.own_key();
    block.header.attestation = {};
    block.header.hash = block.header.content_hash();
    const auto signature = state_.sign({iteration, ledger::Step::proposal}, block.header.hash.bytes);
    if (!signature) return;
    block.header.signature = signature->signature;
    const auto message =
        std::make_shared<const ledger::Message>(ledger::Message{.payload = ledger::CandidateMessage{std::move(block)}});
    state_.emit(Broadcast{message});
    keep(iteration, BlockPtr(message, &std::get<ledger::CandidateMessage>(message->payload).block), Origin::own, now);
}

void Proposal::on_judge_time(Now now) {
    state_.judge_at.reset();
    const auto found = state_.candidates.find(state_.at.iteration);
    if (found != state_.candidates.end()) validation_.consider(state_.at.iteration, found->second.front(), now);
}

}  // namespace dusk::consensus
