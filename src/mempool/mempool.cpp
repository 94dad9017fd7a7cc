#include "mempool/mempool.hpp"

#include <algorithm>
#include <ranges>

namespace dusk::mempool {

using ledger::TransactionId;

// --- changes ---

void Mempool::take(const CheckedTransaction& transaction, const Plan& plan, WallTime time) {
    for (const TransactionId& id : plan.replaced) remove(id, RemovalReason::replaced);
    for (const TransactionId& id : plan.evicted) remove(id, RemovalReason::evicted);
    index_.add(transaction, time);
    events_.emplace_back(Added{transaction.pointer(), transaction.id(), time});
}

void Mempool::remove(const TransactionId& id, RemovalReason reason) {
    index_.remove(id);
    events_.emplace_back(Removed{id, reason});
}

void Mempool::remove_with_followers(const TransactionId& id, RemovalReason reason) {
    const PoolEntry* entry = index_.find(id);
    if (entry == nullptr) return;
    std::vector<TransactionId> all{id};
    for (const PoolEntry* follower : index_.followers(entry->checked)) all.push_back(follower->checked.id());
    for (const TransactionId& each : all) remove(each, reason);
}

void Mempool::on_block(std::span<const ledger::LedgerTransaction> transactions) {
    for (const ledger::LedgerTransaction& transaction : transactions) {
        const TransactionId id = transaction.id();
        if (has(id)) remove(id, RemovalReason::included);
        if (waiting_.has(id)) (void)waiting_.take(id);
        std::vector<TransactionId> conflicts;
        for (const PoolEntry* entry : index_.spenders(transaction.transaction.spending_ids())) {
            conflicts.push_back(entry->checked.id());
        }
        for (const TransactionId& conflict : conflicts) remove(conflict, RemovalReason::conflict);
    }
}

void Mempool::on_revert(std::span<const ledger::Block> highest_first, PoolState& state, PoolTime now) {
    for (const ledger::Block& block : std::views::reverse(highest_first)) {
        for (const ledger::LedgerTransaction& transaction : block.transactions) {
            if (const auto checked = CheckedTransaction::check(transaction, settings_.rules)) {
                (void)insert(*checked, state, now);  // what is not taken is of a branch that nobody follows
            }
        }
    }
}

void Mempool::discard(std::span<const TransactionId> ids) {
    for (const TransactionId& id : ids) remove_with_followers(id, RemovalReason::discarded);
}

void Mempool::restore(std::vector<KeptTransaction> kept, PoolState& state, PoolTime now) {
    // By nonce, so that none comes before those that it follows.
    const auto nonce = [](const KeptTransaction& each) {
        const auto* moonlight = each.transaction.transaction.moonlight();
        return moonlight == nullptr ? 0 : moonlight->payload.nonce.value;
    };
    std::ranges::sort(kept, std::less(), nonce);
    for (KeptTransaction& each : kept) {
        const TransactionId id = each.transaction.id();
        const auto checked = CheckedTransaction::check(std::move(each.transaction), settings_.rules);
        const auto fits = checked ? plan(*checked, state) : PoolResult<Plan>(fail(checked.error()));
        if (fits) {
            take(*checked, *fits, std::min(each.time, now.wall));
        } else {
            events_.emplace_back(Removed{id, RemovalReason::discarded});
        }
    }
}

// --- time ---

void Mempool::on_time(PoolState& state, PoolTime now) {
    for (const FutureNonces::Key& key : waiting_.due(now.steady)) {
        const CheckedTransaction* waiting = waiting_.find(key);
        if (waiting == nullptr) continue;  // it came in behind another
        const CheckedTransaction transaction = *waiting;
        if (try_waiting(key, state, now)) try_followers(transaction, state, now);
    }
    if (next_expiry_ && now.steady < *next_expiry_) return;
    next_expiry_ = now.steady + settings_.expiry_interval;
    const WallTime oldest = now.wall - settings_.expiry;
    while (!index_.by_time().empty() && index_.by_time().begin()->first <= oldest) {
        remove_with_followers(TransactionId(index_.by_time().begin()->second), RemovalReason::expired);
    }
}

MonotonicTime Mempool::wakeup() const {
    const MonotonicTime expiry = next_expiry_.value_or(MonotonicTime::min());
    return std::min(expiry, waiting_.next().value_or(expiry));
}

// --- lookups ---

TransactionPtr Mempool::find(const TransactionId& id) const {
    const PoolEntry* entry = index_.find(id);
    return entry == nullptr ? nullptr : entry->checked.pointer();
}

TransactionPtr Mempool::spender(const Bytes& spending_id) const {
    const PoolEntry* entry = index_.spender(spending_id);
    return entry == nullptr ? nullptr : entry->checked.pointer();
}

std::vector<TransactionId> Mempool::ids(std::size_t most) const {
    std::vector<TransactionId> out;
    for (const auto& [id, entry] : index_.all() | std::views::take(most)) out.push_back(id);
    return out;
}

std::vector<TransactionPtr> Mempool::best(std::size_t most) const {
    std::vector<TransactionPtr> out;
    out.reserve(std::min(most, index_.size()));
    for (const auto& [price, id] : std::views::reverse(index_.by_price()) | std::views::take(most)) {
        out.push_back(index_.find(id)->checked.pointer());
    }
    return out;
}

}  // namespace dusk::mempool
