#include "mempool/future_nonces.hpp"

#include <algorithm>
#include <cassert>

namespace dusk::mempool {

FutureNonces::Key FutureNonces::key_of(const CheckedTransaction& transaction) {
    const auto* payload = transaction.moonlight();
    assert(payload != nullptr);
    return {payload->sender.to_bytes(), payload->nonce.value};
}

PoolResult<std::optional<ledger::TransactionId>> FutureNonces::add(CheckedTransaction transaction, MonotonicTime now) {
    const Key key = key_of(transaction);
    std::optional<ledger::TransactionId> replaced;
    std::size_t freed = 0;
    if (const CheckedTransaction* before = find(key)) {
        if (transaction.price() <= before->price()) return not_admitted(PoolError::waiting_underpriced);
        replaced = before->id();
        freed = before->size();
    } else {
        if (size() >= limits_.transactions) return not_admitted(PoolError::waiting_full);
        const auto account = of_account_.find(key.account);
        if (account != of_account_.end() && account->second >= limits_.of_account) {
            return not_admitted(PoolError::waiting_of_account);
        }
    }
    if (bytes_ - freed + transaction.size() > limits_.bytes) return not_admitted(PoolError::waiting_full);
    if (replaced) (void)take(key);
    bytes_ += transaction.size();
    ids_.emplace(transaction.id(), key);
    ++of_account_[key.account];
    const MonotonicTime due = now + limits_.retry;
    by_time_.emplace(due, key);
    waiting_.emplace(key, Waiting{.transaction = std::move(transaction), .due = due});
    return replaced;
}

const CheckedTransaction* FutureNonces::find(const Key& key) const {
    const auto at = waiting_.find(key);
    return at == waiting_.end() ? nullptr : &at->second.transaction;
}

CheckedTransaction FutureNonces::take(const Key& key) {
    const auto at = waiting_.find(key);
    assert(at != waiting_.end());
    CheckedTransaction out = std::move(at->second.transaction);
    by_time_.erase({at->second.due, key});
    waiting_.erase(at);
    bytes_ -= out.size();
    ids_.erase(out.id());
    const auto account = of_account_.find(key.account);
    if (--account->second == 0) of_account_.erase(account);
    return out;
}

std::vector<FutureNonces::Key> FutureNonces::due(MonotonicTime now) const {
    std::vector<Key> out;
    for (auto at = by_time_.begin(); at != by_time_.end() && at->first <= now; ++at) out.push_back(at->second);
    std::ranges::sort(out);
    return out;
}

bool FutureNonces::put_off(const Key& key, MonotonicTime now) {
    const auto at = waiting_.find(key);
    assert(at != waiting_.end());
    if (++at->second.tries >= limits_.tries) {
        (void)take(key);
        return false;
    }
    by_time_.erase({at->second.due, key});
    at->second.due = now + limits_.retry;
    by_time_.emplace(at->second.due, key);
    return true;
}

std::optional<MonotonicTime> FutureNonces::next() const {
    if (by_time_.empty()) return {};
    return by_time_.begin()->first;
}

}  // namespace dusk::mempool
