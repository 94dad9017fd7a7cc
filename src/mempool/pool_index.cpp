#include "mempool/pool_index.hpp"

#include <algorithm>
#include <cassert>

namespace dusk::mempool {

void PoolIndex::add(CheckedTransaction checked, WallTime time) {
    const Id id = checked.id();
    bytes_ += checked.size();
    by_price_.insert(rank_of(checked));
    by_time_.emplace(time, id);
    const auto [at, is_new] = entries_.try_emplace(id, std::move(checked), time);
    assert(is_new);
    const PoolEntry* entry = &at->second;
    for (const Bytes& spending_id : entry->checked.spending_ids()) {
        const bool is_free = by_spending_id_.emplace(spending_id, entry).second;
        assert(is_free);
    }
    if (const auto* payload = entry->checked.moonlight()) {
        accounts_[payload->sender.to_bytes()].emplace(payload->nonce.value, entry);
    }
}

void PoolIndex::remove(const Id& id) {
    const auto at = entries_.find(id);
    assert(at != entries_.end());
    const CheckedTransaction& checked = at->second.checked;
    for (const Bytes& spending_id : checked.spending_ids()) by_spending_id_.erase(spending_id);
    if (const auto* payload = checked.moonlight()) {
        const auto account = accounts_.find(payload->sender.to_bytes());
        account->second.erase(payload->nonce.value);
        if (account->second.empty()) accounts_.erase(account);
    }
    by_time_.erase({at->second.time, id});
    by_price_.erase(rank_of(checked));
    bytes_ -= checked.size();
    entries_.erase(at);
}

const PoolEntry* PoolIndex::find(const Id& id) const {
    const auto at = entries_.find(id);
    return at == entries_.end() ? nullptr : &at->second;
}

const PoolEntry* PoolIndex::spender(const Bytes& spending_id) const {
    const auto at = by_spending_id_.find(spending_id);
    return at == by_spending_id_.end() ? nullptr : at->second;
}

std::vector<const PoolEntry*> PoolIndex::spenders(const std::vector<Bytes>& spending_ids) const {
    std::vector<const PoolEntry*> out;
    for (const Bytes& spending_id : spending_ids) {
        const PoolEntry* entry = spender(spending_id);
        if (entry != nullptr && std::ranges::find(out, entry) == out.end()) out.push_back(entry);
    }
    return out;
}

std::vector<const PoolEntry*> PoolIndex::followers(const CheckedTransaction& checked) const {
    std::vector<const PoolEntry*> out;
    const auto* payload = checked.moonlight();
    if (payload == nullptr) return out;
    const auto account = accounts_.find(payload->sender.to_bytes());
    if (account == accounts_.end()) return out;
    std::uint64_t nonce = payload->nonce.value;
    for (auto at = account->second.upper_bound(nonce); at != account->second.end() && at->first - nonce == 1; ++at) {
        out.push_back(at->second);
        nonce = at->first;
    }
    return out;
}

ledger::Nonce PoolIndex::free_nonce(const ledger::AccountKey& account, ledger::Nonce above) const {
    std::uint64_t last = above.value;
    if (const auto found = accounts_.find(account.to_bytes()); found != accounts_.end()) {
        const Nonces& nonces = found->second;
        for (auto at = nonces.upper_bound(last); at != nonces.end() && at->first - last == 1; ++at) last = at->first;
    }
    return {last + 1};
}

}  // namespace dusk::mempool
