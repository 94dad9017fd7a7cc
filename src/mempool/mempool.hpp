// The transactions that wait for a block: which are taken, which give way, which are tried first
// (spec/consensus.md §18). It asks the state through a port and is told the time; it has no thread, file or socket.
//
//     Mempool pool(settings);
//     pool.restore(*store.load(), state, now);
//     auto checked = pool.precheck(transaction, state);       everything but signature or proof, and blobs
//     …look at these, many at once, on other threads…
//     auto outcome = pool.insert(*checked, state, now);        asks the state again: it may be another one
//     pool.on_block(block.transactions);
//     pool.on_time(state, now);                                when `wakeup` has come; earlier does no harm
//     for (const PoolEvent& event : pool.take_events()) …      after each of these
#pragma once

#include "mempool/future_nonces.hpp"
#include "mempool/pool_index.hpp"
#include "mempool/pool_state.hpp"
#include "mempool/pool_store.hpp"

namespace dusk::mempool {

struct PoolSettings {
    TransactionRules rules{};
    std::size_t most_transactions = 10'000;
    std::size_t most_bytes = std::size_t{256} << 20;  // of their encodings
    std::chrono::milliseconds expiry = std::chrono::hours(72);
    std::chrono::nanoseconds expiry_interval = std::chrono::hours(1);  // how often expired ones are looked for
    WaitingLimits waiting{};
};

// Both clocks at one instant: age goes by the one of the wall, waiting by the other.
struct PoolTime {
    WallTime wall{};
    MonotonicTime steady{};
};

enum class Admission : std::uint8_t {
    added,
    deferred,  // a nonce before it is missing: it waits for that a short while
};

// For one thread at a time. Memory is bounded by the settings.
class Mempool {
  public:
    explicit Mempool(const PoolSettings& settings) : settings_(settings), waiting_(settings.waiting) {}

    // All rules but those of signature or proof and blobs, in the order of the specification. A missing nonce is no
    // error here. Errors: all others.
    [[nodiscard]] PoolResult<CheckedTransaction> precheck(ledger::LedgerTransaction transaction,
                                                          PoolState& state) const;
    // Takes one whose signature or proof and blobs hold: the caller has seen to that. It may take the place of those
    // that spend the same and pay less, and of those that pay least. Those that waited for its nonce follow it.
    // Errors: those of the transaction and what is there, and of the pool.
    PoolResult<Admission> insert(const CheckedTransaction& transaction, PoolState& state, PoolTime now);
    // Whether `insert` would take it now, without taking it. Errors: as there, and missing_nonce.
    [[nodiscard]] PoolResult<void> check(const CheckedTransaction& transaction, PoolState& state) const;

    // A block was accepted: its transactions go, and all that spend the same.
    void on_block(std::span<const ledger::LedgerTransaction> transactions);
    // Blocks are gone, the highest of them first, and the state is that below them: their transactions come back, as
    // far as the rules allow. They were verified when they came.
    void on_revert(std::span<const ledger::Block> highest_first, PoolState& state, PoolTime now);
    // These cannot be executed: they go, with those that follow them by nonce.
    void discard(std::span<const ledger::TransactionId> ids);
    // What was kept before a restart. What the rules do not allow any more is reported as discarded.
    void restore(std::vector<KeptTransaction> kept, PoolState& state, PoolTime now);

    // Tries those again that wait, and drops those that have been there too long.
    void on_time(PoolState& state, PoolTime now);
    [[nodiscard]] MonotonicTime wakeup() const;

    // Since the last call, in order. The caller takes them after each change.
    [[nodiscard]] std::vector<PoolEvent> take_events() { return std::exchange(events_, {}); }

    [[nodiscard]] std::size_t size() const { return index_.size(); }
    [[nodiscard]] std::size_t bytes() const { return index_.bytes(); }
    [[nodiscard]] std::size_t waiting() const { return waiting_.size(); }
    [[nodiscard]] bool has(const ledger::TransactionId& id) const { return index_.find(id) != nullptr; }
    // In the pool or waiting for a nonce.
    [[nodiscard]] bool knows(const ledger::TransactionId& id) const { return has(id) || waiting_.has(id); }
    // Null where it is not there.
    [[nodiscard]] TransactionPtr find(const ledger::TransactionId& id) const;
    [[nodiscard]] TransactionPtr spender(const Bytes& spending_id) const;
    // At most so many, in the order of the ids.
    [[nodiscard]] std::vector<ledger::TransactionId> ids(std::size_t most) const;
    // At most so many, in the order in which they are to be tried: by falling gas price, then by falling id.
    [[nodiscard]] std::vector<TransactionPtr> best(std::size_t most = SIZE_MAX) const;
    // The first nonce of the account that neither the ledger, where it is at `used`, nor the pool has.
    [[nodiscard]] ledger::Nonce next_nonce(const ledger::AccountKey& account, ledger::Nonce used) const {
        return index_.free_nonce(account, used);
    }

  private:
    // Who goes when a transaction comes.
    struct Plan {
        std::vector<ledger::TransactionId> replaced{};
        std::vector<ledger::TransactionId> evicted{};
    };
    [[nodiscard]] PoolResult<Plan> plan(const CheckedTransaction& transaction, PoolState& state) const;
    [[nodiscard]] PoolResult<Plan> make_room(const CheckedTransaction& transaction) const;
    [[nodiscard]] PoolResult<void> check_state(const CheckedTransaction& transaction, PoolState& state) const;

    void take(const CheckedTransaction& transaction, const Plan& plan, WallTime time);
    PoolResult<Admission> defer(const CheckedTransaction& transaction, MonotonicTime now);
    // Tries the one that waits with this key; whether it came in.
    bool try_waiting(const FutureNonces::Key& key, PoolState& state, PoolTime now);
    void try_followers(const CheckedTransaction& transaction, PoolState& state, PoolTime now);
    void remove(const ledger::TransactionId& id, RemovalReason reason);
    void remove_with_followers(const ledger::TransactionId& id, RemovalReason reason);

    PoolSettings settings_;
    PoolIndex index_;
    FutureNonces waiting_;
    std::optional<MonotonicTime> next_expiry_;  // nothing: at once
    std::vector<PoolEvent> events_;
};

}  // namespace dusk::mempool
