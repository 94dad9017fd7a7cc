// Transactions that came before their time: a nonce below theirs is missing. They wait a short while for it, in a
// bounded queue (spec/consensus.md §18).
#pragma once

#include <map>
#include <set>

#include "mempool/pool_events.hpp"

namespace dusk::mempool {

struct WaitingLimits {
    std::size_t transactions = 1000;
    std::size_t of_account = 64;
    std::size_t bytes = std::size_t{16} << 20;
    std::chrono::nanoseconds retry = std::chrono::milliseconds(500);
    unsigned tries = 10;
};

class FutureNonces {
  public:
    // In the order in which they are tried.
    struct Key {
        ByteArray<ledger::AccountKey::kSize> account;
        std::uint64_t nonce;
        friend auto operator<=>(const Key&, const Key&) = default;
    };
    // Of a Moonlight transaction.
    [[nodiscard]] static Key key_of(const CheckedTransaction& transaction);

    explicit FutureNonces(const WaitingLimits& limits) : limits_(limits) {}

    // It takes the place of one with the same nonce that pays strictly less for a gas: that one is returned.
    // Errors: waiting_full, waiting_of_account, waiting_underpriced.
    [[nodiscard]] PoolResult<std::optional<ledger::TransactionId>> add(CheckedTransaction transaction,
                                                                       MonotonicTime now);
    // Null where none waits.
    [[nodiscard]] const CheckedTransaction* find(const Key& key) const;
    // It is there.
    CheckedTransaction take(const Key& key);
    CheckedTransaction take(const ledger::TransactionId& id) { return take(Key(ids_.at(id))); }

    // Those whose time to be tried has come, in order.
    [[nodiscard]] std::vector<Key> due(MonotonicTime now) const;
    // A try was in vain: it waits again. False, and it is gone, after the last one.
    [[nodiscard]] bool put_off(const Key& key, MonotonicTime now);
    // When the next is due; nothing where none waits.
    [[nodiscard]] std::optional<MonotonicTime> next() const;

    [[nodiscard]] bool has(const ledger::TransactionId& id) const { return ids_.contains(id); }
    [[nodiscard]] std::size_t size() const { return waiting_.size(); }
    [[nodiscard]] std::size_t bytes() const { return bytes_; }

  private:
    struct Waiting {
        CheckedTransaction transaction;
        MonotonicTime due;
        unsigned tries = 0;
    };

    WaitingLimits limits_;
    std::map<Key, Waiting> waiting_;
    std::set<std::pair<MonotonicTime, Key>> by_time_;
    std::map<ByteArray<ledger::AccountKey::kSize>, std::size_t> of_account_;
    std::map<ledger::TransactionId, Key> ids_;
    std::size_t bytes_ = 0;
};

}  // namespace dusk::mempool
