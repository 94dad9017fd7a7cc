#include "chain/service_core.hpp"

#include <algorithm>

#include "consensus/step_timeouts.hpp"

namespace dusk::chain {
namespace {

using ledger::Step;

constexpr std::uint8_t kLastResumedIteration = 16;

}  // namespace

ServiceCore::ServiceCore(const ServiceSettings& settings, const ServicePorts& ports, std::unique_ptr<Chain> chain)
    : settings_(settings),
      ports_(ports),
      chain_(std::move(chain)),
      consensus_(settings.consensus, *ports.signatures, ports.signer),
      branches_(*chain_),
      sync_(chain_->tip().height, *ports.random),
      serving_(*ports.blocks, *ports.pool, settings.most_inventory) {}

void ServiceCore::start(Now now) {
    now_ = now;
    started_ = true;
    stall_ = StallDetector(now.steady);
    ledger::Message blocks{.payload = ledger::GetBlocksMessage{chain_->tip().hash, nonce()}};
    ledger::Message pool{.payload = ledger::GetMempoolMessage{nonce()}};
    actions_.emplace_back(SendToAlive{kStartPeers, std::make_shared<const ledger::Message>(std::move(blocks))});
    actions_.emplace_back(SendToAlive{kStartPoolPeers, std::make_shared<const ledger::Message>(std::move(pool))});
    settle(now);
}

void ServiceCore::stop() {
    started_ = false;
    consensus_.stop();
    running_on_.reset();
}

void ServiceCore::settle(Now now) {
    now_ = now;
    do {
        run_consensus(now);
    } while (do_consensus_actions(now));
    for (SyncRequest& request : sync_.take_requests()) {
        ledger::Inventory inventory;
        for (const ledger::Height height : request.heights) inventory.items.emplace_back(ledger::BlockByHeight{height});
        inventory.max_entries = static_cast<std::uint16_t>(inventory.items.size());
        this->request(request.peer, std::move(inventory));
    }
}

void ServiceCore::run_consensus(Now now) {
    const bool should = started_ && !broken_ && !rests() && sync_.in_sync() && now.wall >= settings_.consensus_from;
    if (!should) {
        if (running_on_) consensus_.stop();
        running_on_.reset();
    } else if (running_on_ != chain_->tip().hash) {
        start_round(now);
    }
}

void ServiceCore::start_round(Now now) {
    const Head& head = chain_->head();
    consensus::RoundStart round{.tip = head.tip,
                                .tip_voters = head.tip_voters,
                                .committees = head.committees,
                                .timeouts = step_timeouts(),
                                .first_iteration = first_iteration()};
    if (broken_) return;
    took_up_ = true;
    running_on_ = head.tip.hash;
    consensus_.start(std::move(round), now);
}

// After a restart of the process the iteration that it was in is left out: what was signed in it is known to the
// journal, but not what was received. When consensus only waited, it goes on where it was.
std::uint8_t ServiceCore::first_iteration() {
    const auto last = ports_.blocks->last_iteration();
    if (!last) {
        break_down(last.error().text);
        return 0;
    }
    if (!*last || (*last)->tip != chain_->tip().hash) return 0;
    if (took_up_) return (*last)->iteration;
    return static_cast<std::uint8_t>(std::min((*last)->iteration, kLastResumedIteration) + 1);
}

std::array<std::chrono::milliseconds, 3> ServiceCore::step_timeouts() {
    std::array<std::chrono::milliseconds, 3> out{};
    for (const Step step : {Step::proposal, Step::validation, Step::ratification}) {
        const auto took = ports_.blocks->step_times(step);
        if (!took) break_down(took.error().text);
        std::optional<std::span<const std::chrono::milliseconds>> times;
        if (took && *took) times = **took;
        out.at(static_cast<std::size_t>(step)) = consensus::base_timeout(times, settings_.consensus.least_step_timeout);
    }
    return out;
}

bool ServiceCore::do_consensus_actions(Now now) {
    auto actions = consensus_.take_actions();
    for (auto& action : actions) {
        std::visit([&](auto& one) { act(one, now); }, action);
    }
    return !actions.empty();
}

void ServiceCore::act(consensus::Broadcast& action, Now /*now*/) {
    if (const auto* quorum = std::get_if<ledger::QuorumMessage>(&action.message->payload)) {
        relay_quorum(action.message, *quorum);
    } else {
        actions_.emplace_back(Broadcast{std::move(action.message)});
    }
}

void ServiceCore::act(consensus::BlockAgreed& action, Now now) {
    const auto& quorum = std::get<ledger::QuorumMessage>(action.quorum->payload);
    relay_quorum(action.quorum, quorum);
    on_agreed({}, quorum, now);
}

void ServiceCore::act(consensus::BuildCandidate& action, Now /*now*/) {
    const Head& head = chain_->head();
    if (ports_.signer == nullptr || action.header.prev_block_hash != head.tip.hash) return;
    ledger::BlockHeader header;
    header.version = ledger::BlockHeader::kVersion;
    header.height = {head.tip.height.value + 1};
    header.timestamp = head.tip.timestamp + static_cast<std::uint64_t>(settings_.consensus.minimum_block_time.count());
    header.prev_block_hash = head.tip.hash;
    header.seed = ports_.signer->sign_seed(head.tip.seed);
    header.generator = {ports_.signer->key().to_bytes()};
    header.gas_limit = settings_.block_gas_limit;
    header.iteration = action.header.iteration;
    header.prev_block_certificate = head.tip.attestation;
    header.failed_iterations = std::move(action.failed);
    actions_.emplace_back(
        BuildCandidate{action.header, CandidateFrame{std::move(header), head.tip.state_root, head.tip_voters}});
}

void ServiceCore::act(consensus::JudgeCandidate& action, Now now) {
    const Head& head = chain_->head();
    const auto findings =
        check_candidate(*action.block, head, LedgerView(chain_->store()), now.wall, chain_->check_ports());
    if (!findings) {
        consensus_.on_candidate_judged(action.block->header.hash, verdict_of(findings.error()), now);
        return;
    }
    actions_.emplace_back(JudgeCandidate{action.block, head.tip.state_root, findings->certificate_voters});
}

void ServiceCore::act(consensus::KeepCandidate& action, Now /*now*/) {
    check(ports_.blocks->keep_candidate(*action.block));
}

void ServiceCore::act(consensus::KeepValidationResult& action, Now /*now*/) {
    check(ports_.blocks->keep_validation_result(action.header, action.result));
}

void ServiceCore::act(consensus::IterationBegun& action, Now /*now*/) {
    check(ports_.blocks->set_last_iteration({action.tip, action.iteration}));
}

void ServiceCore::act(consensus::StepTook& action, Now /*now*/) {
    check(ports_.blocks->add_step_time(action.step, action.time));
}

void ServiceCore::act(consensus::Ask& action, Now /*now*/) { flood(std::move(action.inventory)); }

void ServiceCore::act(consensus::CannotSign& action, Now /*now*/) { actions_.emplace_back(action); }

void ServiceCore::act(consensus::EquivocationSeen& action, Now /*now*/) { actions_.emplace_back(std::move(action)); }

void ServiceCore::check(const StoreResult<void>& written) {
    if (!written) break_down(written.error().text);
}

void ServiceCore::break_down(const std::string& text) {
    if (broken_) return;
    broken_ = true;
    actions_.emplace_back(Broken{text});
}

void ServiceCore::on_time(Now now) {
    now_ = now;
    if (broken_ || !started_) return;
    if (running_on_) consensus_.on_time(now);
    for (const Address& peer : sync_.on_time(now.steady)) {
        blame(peer, Misdeed::empty_promise, "several requests for blocks it claims to have were not answered");
    }
    for (const ledger::BlockHash& block : attestations_.due(now.steady)) {
        flood({.items = {ledger::CandidateByHash{block}}, .max_entries = 1});
    }
    retry_early_block(now);
    if (rests()) {
        stall_.on_tip(now.steady);
    } else if (stall_.on_time(now.steady)) {
        on_stall(now);
    }
    settle(now);
}

void ServiceCore::want_block(Now now) {
    if (!rests()) return;
    wanted_ = true;
    stall_.on_tip(now.steady);  // what nobody wanted was not missing
    settle(now);
}

void ServiceCore::on_stall(Now now) {
    branches_.forgive();
    actions_.emplace_back(Stalled{chain_->tip().height, stall_.standing(now.steady), sync_.peers_ahead()});
    ledger::Message message{.payload = ledger::GetBlocksMessage{chain_->recent().all().front().hash, nonce()}};
    actions_.emplace_back(SendToAlive{kStallPeers, std::make_shared<const ledger::Message>(std::move(message))});
    if (!stall_.is_desperate(now.steady)) return;
    const auto changed = branches_.reconsider(actions_);
    if (!changed) {
        on_refusal({}, changed.error(), now);
    } else if (*changed) {
        on_new_tip(now);
    }
}

void ServiceCore::on_candidate_built(std::optional<ledger::Block> block, Now now) {
    if (broken_) return;
    if (block) consensus_.on_candidate_built(*std::move(block), now);
    settle(now);
}

void ServiceCore::on_candidate_judged(const ledger::BlockHash& block, consensus::Verdict verdict, Now now) {
    if (broken_) return;
    consensus_.on_candidate_judged(block, verdict, now);
    settle(now);
}

MonotonicTime ServiceCore::wakeup() const {
    if (broken_ || !started_) return MonotonicTime::max();
    MonotonicTime first = stall_.wakeup();
    const auto at = [&](const std::optional<MonotonicTime>& time) {
        if (time) first = std::min(first, *time);
    };
    at(consensus_.wakeup());
    at(sync_.wakeup());
    at(attestations_.wakeup());
    if (!running_on_ && !rests() && sync_.in_sync()) {
        at(now_.steady + std::max(settings_.consensus_from - now_.wall, WallTime::duration{0}));
    }
    if (early_) at(now_.steady + until_early_block(now_));
    return first;
}

ServiceStatus ServiceCore::status() const {
    return {.tip = chain_->tip().height,
            .tip_hash = chain_->tip().hash,
            .last_final = chain_->last_final(),
            .in_sync = sync_.in_sync(),
            .runs_consensus = running_on_.has_value(),
            .rests = rests(),
            .stalled = stall_.is_stalled(),
            .best_claim = sync_.best_claim()};
}

}  // namespace dusk::chain
