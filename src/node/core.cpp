#include "node/core.hpp"

#include <algorithm>
#include <utility>

#include "chain/chain.hpp"
#include "node/core_pool.hpp"
#include "node/demand.hpp"

namespace dusk::node {

struct NodeCore::Parts {
    Parts(const CoreSettings& settings, const CorePorts& ports) : pool(settings, ports), blocks(*ports.blocks) {
        if (ports.signer != nullptr) key = ledger::KeyBytes{ports.signer->key().to_bytes()};
    }

    void forward(chain::Action&& action, Now now) {
        std::visit([&](auto&& one) { take(std::move(one), now); }, std::move(action));
    }
    void take(chain::BuildCandidate&& build, Now) {
        demand.on_candidate();
        actions.emplace_back(
            BuildJob{.header = build.header, .frame = std::move(build.frame), .transactions = pool.best_first()});
    }
    void take(chain::JudgeCandidate&& judge, Now) {
        actions.emplace_back(
            JudgeJob{.block = std::move(judge.block), .base = judge.base, .voters = std::move(judge.voters)});
    }
    void take(chain::BlockAccepted&& accepted, Now) {
        pool.on_block(accepted);
        demand.on_block(accepted.block->header);
        actions.emplace_back(std::move(accepted));
    }
    void take(chain::BlocksReverted&& reverted, Now now) {
        pool.on_revert(reverted, now);
        actions.emplace_back(std::move(reverted));
    }
    template <class Other>
    void take(Other&& other, Now) {
        actions.emplace_back(std::forward<Other>(other));
    }
    // What the last input brought about.
    void settle(Now now) {
        while (true) {
            for (chain::Action& action : service->take_actions()) forward(std::move(action), now);
            for (CoreAction& action : pool.take_actions()) {
                if (std::holds_alternative<TransactionAdded>(action)) demand.on_transaction();
                actions.push_back(std::move(action));
            }
            const chain::ServiceStatus at = service->status();
            if (!at.rests || !demand.is_due(at.last_final)) return;
            service->want_block(now);
        }
    }

    std::optional<ledger::KeyBytes> key;  // of this node
    CorePool pool;
    chain::BlockStore& blocks;
    Demand demand;
    std::unique_ptr<chain::ChainService> service;
    std::vector<CoreAction> actions;
};

NodeCore::NodeCore(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
NodeCore::~NodeCore() = default;

Result<std::unique_ptr<NodeCore>, chain::StartFailure> NodeCore::open(const CoreSettings& settings,
                                                                      const CorePorts& ports,
                                                                      const ledger::Block& genesis) {
    auto parts = std::make_unique<Parts>(settings, ports);
    auto service = chain::ChainService::open(settings.chain,
                                             {.blocks = ports.blocks,
                                              .states = ports.states,
                                              .pool = &parts->pool,
                                              .signatures = ports.signatures,
                                              .signer = ports.signer,
                                              .random = ports.random},
                                             genesis);
    if (!service) return fail(std::move(service.error()));
    parts->service = std::move(*service);
    return std::unique_ptr<NodeCore>(new NodeCore(std::move(parts)));
}

void NodeCore::start(Now now) {
    parts_->demand.restore(parts_->blocks);
    parts_->pool.restore(now);
    parts_->service->start(now);
    parts_->settle(now);
}

void NodeCore::stop() { parts_->service->stop(); }

void NodeCore::set_own_address(const Peer& address) { parts_->service->set_own_address(address); }

void NodeCore::on_message(const Peer& peer, const MessagePtr& message, Now now) {
    if (const auto* pooled = std::get_if<ledger::TransactionMessage>(&message->payload)) {
        (void)parts_->pool.submit(pooled->transaction, now);
    } else {
        parts_->service->on_message(peer, message, now);
    }
    parts_->settle(now);
}

void NodeCore::verify_votes(std::span<const Received> messages) {
    std::vector<MessagePtr> contents;
    contents.reserve(messages.size());
    for (const Received& one : messages) contents.push_back(one.message);
    parts_->service->verify_votes(contents);
}

Submission NodeCore::submit(ledger::LedgerTransaction transaction, Now now) {
    Submission out = parts_->pool.submit(std::move(transaction), now);
    parts_->settle(now);
    return out;
}

void NodeCore::on_time(Now now) {
    parts_->service->on_time(now);
    parts_->pool.on_time(now);
    parts_->settle(now);
}

MonotonicTime NodeCore::wakeup() const { return std::min(parts_->service->wakeup(), parts_->pool.wakeup()); }

void NodeCore::on_candidate_built(BuiltCandidate built, Now now) {
    parts_->pool.discard(built.discarded);
    parts_->service->on_candidate_built(std::move(built.block), now);
    parts_->settle(now);
}

void NodeCore::on_candidate_judged(const ledger::BlockHash& block, consensus::Verdict verdict, Now now) {
    parts_->service->on_candidate_judged(block, verdict, now);
    parts_->settle(now);
}

void NodeCore::on_proofs_checked(CheckId id, const std::vector<ProofFinding>& findings, Now now) {
    parts_->pool.on_proofs_checked(id, findings, now);
    parts_->settle(now);
}

std::vector<CoreAction> NodeCore::take_actions() { return std::exchange(parts_->actions, {}); }

CoreStatus NodeCore::status() const {
    const chain::Head& head = parts_->service->chain().head();
    return {.chain = parts_->service->status(),
            .consensus = parts_->service->consensus_status(),
            .provisioners = head.stakes->all().size(),
            .eligible = parts_->key && head.committees->is_eligible(*parts_->key),
            .pooled = parts_->pool.pooled(),
            .unchecked = parts_->pool.unchecked()};
}

std::optional<consensus::RoundView> NodeCore::round_view() const { return parts_->service->round_view(); }
void NodeCore::watch_rounds(consensus::RoundWatcher* watcher) { parts_->service->watch_rounds(watcher); }

const chain::ChainService& NodeCore::chain() const { return *parts_->service; }
chain::TransactionPool& NodeCore::pool() { return parts_->pool; }
mempool::PoolResult<mempool::CheckedTransaction> NodeCore::precheck(ledger::LedgerTransaction transaction) {
    return parts_->pool.precheck(std::move(transaction));
}
mempool::PoolResult<void> NodeCore::check(const mempool::CheckedTransaction& transaction) {
    return parts_->pool.check(transaction);
}
const mempool::Mempool& NodeCore::mempool() const { return parts_->pool.mempool(); }
ledger::Nonce NodeCore::next_nonce(const ledger::AccountKey& account, ledger::Nonce nonce) const {
    return parts_->pool.next_nonce(account, nonce);
}

}  // namespace dusk::node
