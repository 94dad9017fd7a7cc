#include "node/core_pool.hpp"

#include <algorithm>
#include <span>

#include "ledger/limits.hpp"

namespace dusk::node {
namespace {

// More than a block takes: some turn out not to be executable, or too large for what is left.
constexpr std::size_t kMostTried = 2 * ledger::kMostBlockTransactions;

mempool::PoolTime pool_time(Now now) { return {.wall = now.wall, .steady = now.steady}; }

constexpr std::string_view kFollowsDiscarded = "follows by nonce a transaction that cannot be executed";

DropReason reason_of(mempool::RemovalReason reason) {
    switch (reason) {
        case mempool::RemovalReason::included:
            return DropReason::included;
        case mempool::RemovalReason::conflict:
            return DropReason::conflict;
        case mempool::RemovalReason::replaced:
            return DropReason::replaced;
        case mempool::RemovalReason::evicted:
            return DropReason::evicted;
        case mempool::RemovalReason::expired:
            return DropReason::expired;
        case mempool::RemovalReason::discarded:
            return DropReason::discarded;
    }
    return DropReason::discarded;
}

}  // namespace

std::string_view to_string(DropReason reason) {
    switch (reason) {
        case DropReason::refused:
            return "refused";
        case DropReason::given_up:
            return "given_up";
        case DropReason::included:
            return "included";
        case DropReason::conflict:
            return "conflict";
        case DropReason::replaced:
            return "replaced";
        case DropReason::evicted:
            return "evicted";
        case DropReason::expired:
            return "expired";
        case DropReason::discarded:
            return "discarded";
    }
    return "";
}

void CorePool::restore(Now now) {
    if (store_ == nullptr) return;
    auto kept = store_->load();
    if (!kept) {
        actions_.emplace_back(PoolNotKept{std::move(kept.error())});
        return;
    }
    pool_.restore(*std::move(kept), state_, pool_time(now));
    take_events(Announce::no);
}

Submission CorePool::submit(ledger::LedgerTransaction transaction, Now) {
    Submission out{.id = transaction.id()};
    if (pool_.knows(out.id) || unchecked_ids_.contains(out.id)) {
        out.kind = Submission::Kind::known;
        return out;
    }
    if (unchecked_ids_.size() >= most_unchecked_) {
        out.kind = Submission::Kind::busy;
        return out;
    }
    auto checked = pool_.precheck(std::move(transaction), state_);
    if (!checked) {
        out.kind = Submission::Kind::refused;
        out.text = describe(checked.error());
        return out;
    }
    unchecked_ids_.insert(out.id);
    unchecked_.push_back(*std::move(checked));
    start_checks();
    out.kind = Submission::Kind::taken;
    return out;
}

mempool::PoolResult<void> CorePool::check(const mempool::CheckedTransaction& transaction) {
    auto fits = pool_.check(transaction, state_);
    if (!fits && fits.error().error == mempool::PoolError::missing_nonce) return {};
    return fits;
}

void CorePool::start_checks() {
    while (!unchecked_.empty() && checking_.size() < most_checks_) {
        const CheckId id{next_job_++};
        CheckJob job{.id = id};
        std::vector<Checked>& batch = checking_[id];
        while (!unchecked_.empty() && batch.size() < kMostInCheck) {
            job.transactions.push_back(unchecked_.front().pointer());
            batch.push_back(std::move(unchecked_.front()));
            unchecked_.pop_front();
        }
        actions_.emplace_back(std::move(job));
    }
}

void CorePool::on_proofs_checked(CheckId id, const std::vector<ProofFinding>& findings, Now now) {
    const auto at = checking_.find(id);
    if (at == checking_.end() || at->second.size() != findings.size()) return;
    const std::vector<Checked> batch = std::move(at->second);
    checking_.erase(at);
    for (std::size_t i = 0; i < batch.size(); ++i) {
        unchecked_ids_.erase(batch[i].id());
        insert(batch[i], findings[i], now);
    }
    start_checks();
}

void CorePool::insert(const Checked& transaction, const ProofFinding& finding, Now now) {
    if (finding) return refuse(transaction.id(), *finding);
    const auto outcome = pool_.insert(transaction, state_, pool_time(now));
    take_events(Announce::yes);
    if (!outcome) refuse(transaction.id(), describe(outcome.error()));
}

void CorePool::refuse(const ledger::TransactionId& id, std::string text) {
    actions_.emplace_back(TransactionDropped{.id = id, .reason = DropReason::refused, .text = std::move(text)});
}

void CorePool::on_block(const chain::BlockAccepted& accepted) {
    pool_.on_block(accepted.block->transactions);
    take_events(Announce::no);
}

void CorePool::on_revert(const chain::BlocksReverted& reverted, Now now) {
    std::vector<ledger::Block> blocks;
    blocks.reserve(reverted.blocks.size());
    for (const BlockPtr& block : reverted.blocks) blocks.push_back(*block);
    pool_.on_revert(blocks, state_, pool_time(now));
    take_events(Announce::no);
}

void CorePool::discard(const std::vector<BuiltCandidate::Discarded>& discarded) {
    std::vector<ledger::TransactionId> ids;
    ids.reserve(discarded.size());
    for (const auto& one : discarded) ids.push_back(one.id);
    pool_.discard(ids);
    const std::size_t first = actions_.size();
    take_events(Announce::no);
    for (CoreAction& action : std::span(actions_).subspan(first)) {
        auto* dropped = std::get_if<TransactionDropped>(&action);
        if (dropped == nullptr || dropped->reason != DropReason::discarded) continue;
        const auto named = std::ranges::find(discarded, dropped->id, &BuiltCandidate::Discarded::id);
        dropped->text = named != discarded.end() ? named->text : std::string(kFollowsDiscarded);
    }
}

void CorePool::on_time(Now now) {
    pool_.on_time(state_, pool_time(now));
    take_events(Announce::yes);
}

void CorePool::take_events(Announce announce) {
    const std::vector<mempool::PoolEvent> events = pool_.take_events();
    if (events.empty()) return;
    if (store_ != nullptr) {
        const auto kept = store_->apply(events);
        // Said once for as long as it lasts.
        if (!kept && !store_failed_) actions_.emplace_back(PoolNotKept{kept.error()});
        store_failed_ = !kept;
    }
    for (const mempool::PoolEvent& event : events) {
        if (const auto* added = std::get_if<mempool::Added>(&event)) {
            if (announce == Announce::yes) {
                actions_.emplace_back(chain::Broadcast{std::make_shared<const ledger::Message>(
                    ledger::Message{.payload = ledger::TransactionMessage{*added->transaction}})});
            }
            actions_.emplace_back(TransactionAdded{.transaction = added->transaction, .id = added->id});
        } else if (const auto* removed = std::get_if<mempool::Removed>(&event)) {
            actions_.emplace_back(TransactionDropped{.id = removed->id, .reason = reason_of(removed->reason)});
        } else if (const auto* deferred = std::get_if<mempool::Deferred>(&event)) {
            actions_.emplace_back(TransactionDeferred{.id = deferred->id});
        } else if (const auto* dropped = std::get_if<mempool::Dropped>(&event)) {
            actions_.emplace_back(TransactionDropped{
                .id = dropped->id, .reason = DropReason::given_up, .text = std::string(to_string(dropped->reason))});
        }
    }
}

std::vector<TransactionPtr> CorePool::best_first() const { return pool_.best(kMostTried); }

std::optional<ledger::LedgerTransaction> CorePool::transaction(const ledger::TransactionId& id) {
    const TransactionPtr found = pool_.find(id);
    return found == nullptr ? std::nullopt : std::optional(*found);
}

}  // namespace dusk::node
