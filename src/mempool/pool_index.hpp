// The transactions of the pool, found by all that is asked for. No two of them have a spending id in common.
#pragma once

#include <functional>
#include <map>
#include <set>

#include "mempool/checked_transaction.hpp"

namespace dusk::mempool {

struct PoolEntry {
    CheckedTransaction checked;
    WallTime time;  // when it came
};

// Look-ups and changes are logarithmic in the number of transactions.
class PoolIndex {
  public:
    using Id = ledger::TransactionId;
    // By gas price, then by the bytes of the id.
    using Rank = std::pair<ledger::GasPrice, Id>;
    static Rank rank_of(const CheckedTransaction& checked) { return {checked.price(), checked.id()}; }

    // None of its spending ids, and not the transaction itself, is there.
    void add(CheckedTransaction checked, WallTime time);
    // It is there.
    void remove(const Id& id);

    [[nodiscard]] std::size_t size() const { return entries_.size(); }
    [[nodiscard]] std::size_t bytes() const { return bytes_; }
    // Null where there is none.
    [[nodiscard]] const PoolEntry* find(const Id& id) const;
    [[nodiscard]] const PoolEntry* spender(const Bytes& spending_id) const;
    // All in the order of their ids.
    [[nodiscard]] const std::map<Id, PoolEntry>& all() const { return entries_; }
    // From the one that pays least on.
    [[nodiscard]] const std::set<Rank>& by_price() const { return by_price_; }
    // From the oldest on.
    [[nodiscard]] const std::set<std::pair<WallTime, Id>>& by_time() const { return by_time_; }

    // Those that spend one of the ids, each once.
    [[nodiscard]] std::vector<const PoolEntry*> spenders(const std::vector<Bytes>& spending_ids) const;
    // Those of the same account with the nonces that follow this one without a gap. None of a Phoenix transaction.
    [[nodiscard]] std::vector<const PoolEntry*> followers(const CheckedTransaction& checked) const;
    // The first nonce above this one that no transaction of the account has.
    [[nodiscard]] ledger::Nonce free_nonce(const ledger::AccountKey& account, ledger::Nonce above) const;

  private:
    using Nonces = std::map<std::uint64_t, const PoolEntry*>;

    std::map<Id, PoolEntry> entries_;
    std::map<Bytes, const PoolEntry*> by_spending_id_;
    std::set<Rank> by_price_;
    std::set<std::pair<WallTime, Id>> by_time_;
    std::map<ByteArray<ledger::AccountKey::kSize>, Nonces> accounts_;
    std::size_t bytes_ = 0;
};

}  // namespace dusk::mempool
