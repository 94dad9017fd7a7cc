// Which transactions the pool takes.
#include <algorithm>
#include <set>

#include "mempool/mempool.hpp"

namespace dusk::mempool {
namespace {

using execution::Refusal;
using ledger::TransactionId;

std::unexpected<NotAdmitted> no_state(const std::string& text) {
    return fail(NotAdmitted{.error = PoolError::no_state, .text = text});
}

bool has_twice(const std::vector<Bytes>& spending_ids) {
    return std::set<Bytes>(spending_ids.begin(), spending_ids.end()).size() < spending_ids.size();
}

}  // namespace

PoolResult<CheckedTransaction> Mempool::precheck(ledger::LedgerTransaction transaction, PoolState& state) const {
    auto checked = CheckedTransaction::check(std::move(transaction), settings_.rules);
    if (!checked) return checked;
    if (const auto fits = plan(*checked, state); !fits && fits.error().error != PoolError::missing_nonce) {
        return fail(fits.error());
    }
    return checked;
}

PoolResult<void> Mempool::check(const CheckedTransaction& transaction, PoolState& state) const {
    if (const auto fits = plan(transaction, state); !fits) return fail(fits.error());
    return {};
}

PoolResult<Admission> Mempool::insert(const CheckedTransaction& transaction, PoolState& state, PoolTime now) {
    const auto fits = plan(transaction, state);
    if (!fits && fits.error().error == PoolError::missing_nonce) return defer(transaction, now.steady);
    if (!fits) return fail(fits.error());
    take(transaction, *fits, now.wall);
    if (waiting_.has(transaction.id())) (void)waiting_.take(transaction.id());
    try_followers(transaction, state, now);
    return Admission::added;
}

PoolResult<Mempool::Plan> Mempool::plan(const CheckedTransaction& transaction, PoolState& state) const {
    if (has(transaction.id())) return not_admitted(PoolError::in_pool);
    const auto spent = state.in_ledger(transaction.id());
    if (!spent) return no_state(spent.error());
    if (*spent) return not_admitted(PoolError::in_ledger);
    auto out = make_room(transaction);
    if (!out) return out;
    if (const auto allowed = check_state(transaction, state); !allowed) return fail(allowed.error());
    return out;
}

PoolResult<Mempool::Plan> Mempool::make_room(const CheckedTransaction& transaction) const {
    Plan out;
    std::size_t count = index_.size() + 1;
    std::size_t bytes = index_.bytes() + transaction.size();
    std::set<TransactionId> gone;
    const auto let_go = [&](const PoolEntry& entry, std::vector<TransactionId>& list) {
        if (!gone.insert(entry.checked.id()).second) return;
        list.push_back(entry.checked.id());
        --count;
        bytes -= entry.checked.size();
    };
    for (const PoolEntry* entry : index_.spenders(transaction.spending_ids())) {
        if (transaction.price() <= entry->checked.price()) return not_admitted(PoolError::spending_id);
        let_go(*entry, out.replaced);
    }
    const auto is_full = [&] { return count > settings_.most_transactions || bytes > settings_.most_bytes; };
    for (auto lowest = index_.by_price().begin(); is_full(); ++lowest) {
        if (lowest == index_.by_price().end() || transaction.price() <= lowest->first) {
            return not_admitted(PoolError::full);
        }
        if (gone.contains(lowest->second)) continue;
        const PoolEntry& entry = *index_.find(lowest->second);
        const auto followers = index_.followers(entry.checked);
        let_go(entry, out.evicted);
        for (const PoolEntry* follower : followers) let_go(*follower, out.evicted);
        // It would not be executed either without what goes for it.
        const auto* payload = transaction.moonlight();
        const auto* lost = entry.checked.moonlight();
        if (payload != nullptr && lost != nullptr && payload->sender == lost->sender &&
            payload->nonce.value > lost->nonce.value &&
            payload->nonce.value - lost->nonce.value <= followers.size() + 1) {
            return not_admitted(PoolError::full);
        }
    }
    return out;
}

PoolResult<void> Mempool::check_state(const CheckedTransaction& transaction, PoolState& state) const {
    if (const auto* phoenix = transaction.transaction().phoenix()) {
        if (has_twice(transaction.spending_ids())) return not_admitted(Refusal::same_nullifier);
        const auto spent = state.any_spent(phoenix->payload.skeleton.nullifiers);
        if (!spent) return no_state(spent.error());
        if (*spent) return not_admitted(Refusal::spent_nullifier);
        return {};
    }
    const ledger::MoonlightPayload& payload = *transaction.moonlight();
    const auto cost = payload.most_cost();
    if (!cost) return not_admitted(Refusal::cost_overflow);
    const auto account = state.account(payload.sender);
    if (!account) return no_state(account.error());
    if (*cost > account->balance) return not_admitted(Refusal::balance);
    if (payload.nonce <= account->nonce) return not_admitted(Refusal::used_nonce);
    if (index_.free_nonce(payload.sender, account->nonce) < payload.nonce) {
        return not_admitted(PoolError::missing_nonce);
    }
    return {};
}

PoolResult<Admission> Mempool::defer(const CheckedTransaction& transaction, MonotonicTime now) {
    const TransactionId id = transaction.id();
    if (waiting_.has(id)) return Admission::deferred;
    const auto replaced = waiting_.add(transaction, now);
    if (!replaced) {
        const PoolError error = replaced.error().error;
        DropReason reason = DropReason::full;
        if (error == PoolError::waiting_of_account) reason = DropReason::account_limit;
        if (error == PoolError::waiting_underpriced) reason = DropReason::superseded;
        events_.emplace_back(Dropped{id, reason});
        return fail(replaced.error());
    }
    if (*replaced) events_.emplace_back(Dropped{**replaced, DropReason::replaced});
    events_.emplace_back(Deferred{id});
    return Admission::deferred;
}

bool Mempool::try_waiting(const FutureNonces::Key& key, PoolState& state, PoolTime now) {
    const CheckedTransaction* waiting = waiting_.find(key);
    if (waiting == nullptr) return false;
    const auto fits = plan(*waiting, state);
    const TransactionId id = waiting->id();
    if (fits) {
        take(waiting_.take(key), *fits, now.wall);
        return true;
    }
    // A pool without room or a state without an answer may be otherwise the next time.
    if (fits.error().error != PoolError::missing_nonce && !is_of_the_pool(fits.error().error)) {
        (void)waiting_.take(key);
        events_.emplace_back(Dropped{id, DropReason::retry_failed});
    } else if (!waiting_.put_off(key, now.steady)) {
        events_.emplace_back(Dropped{id, DropReason::retry_exhausted});
    }
    return false;
}

void Mempool::try_followers(const CheckedTransaction& transaction, PoolState& state, PoolTime now) {
    if (transaction.moonlight() == nullptr) return;
    FutureNonces::Key key = FutureNonces::key_of(transaction);
    do {
        if (key.nonce == UINT64_MAX) return;
        ++key.nonce;
    } while (try_waiting(key, state, now));
}

}  // namespace dusk::mempool
