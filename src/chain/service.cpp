#include "chain/service.hpp"

#include "chain/service_core.hpp"

namespace dusk::chain {

std::string_view to_string(Misdeed misdeed) {
    switch (misdeed) {
        case Misdeed::broken_block:
            return "a block whose content is not what its hash names";
        case Misdeed::invalid_block:
            return "a block that breaks a rule";
        case Misdeed::invalid_quorum:
            return "an attestation that does not hold";
        case Misdeed::empty_promise:
            return "blocks that were claimed and not delivered";
    }
    return "unknown misdeed";
}

ChainService::ChainService(std::unique_ptr<ServiceCore> core) : core_(std::move(core)) {}
ChainService::~ChainService() = default;

Result<std::unique_ptr<ChainService>, StartFailure> ChainService::open(const ServiceSettings& settings,
                                                                       const ServicePorts& ports,
                                                                       const ledger::Block& genesis) {
    auto chain = Chain::open(ports, settings.consensus.minimum_block_time, genesis, settings.history);
    if (!chain) return fail(std::move(chain).error());
    auto core = std::make_unique<ServiceCore>(settings, ports, *std::move(chain));
    return std::unique_ptr<ChainService>(new ChainService(std::move(core)));
}

void ChainService::start(Now now) { core_->start(now); }
void ChainService::stop() { core_->stop(); }
void ChainService::set_own_address(const ledger::SocketAddress& address) { core_->set_own_address(address); }
void ChainService::verify_votes(std::span<const MessagePtr> messages) { core_->verify_votes(messages); }
void ChainService::on_message(const ledger::SocketAddress& peer, const MessagePtr& message, Now now) {
    core_->on_message(peer, message, now);
}
void ChainService::on_time(Now now) { core_->on_time(now); }
void ChainService::want_block(Now now) { core_->want_block(now); }
void ChainService::on_candidate_built(std::optional<ledger::Block> block, Now now) {
    core_->on_candidate_built(std::move(block), now);
}
void ChainService::on_candidate_judged(const ledger::BlockHash& block, consensus::Verdict verdict, Now now) {
    core_->on_candidate_judged(block, verdict, now);
}
MonotonicTime ChainService::wakeup() const { return core_->wakeup(); }
std::vector<Action> ChainService::take_actions() { return core_->take_actions(); }
ServiceStatus ChainService::status() const { return core_->status(); }
std::optional<consensus::ConsensusStatus> ChainService::consensus_status() const { return core_->consensus_status(); }
std::optional<consensus::RoundView> ChainService::round_view() const { return core_->round_view(); }
void ChainService::watch_rounds(consensus::RoundWatcher* watcher) { core_->watch_rounds(watcher); }
const Chain& ChainService::chain() const { return core_->chain(); }

}  // namespace dusk::chain
