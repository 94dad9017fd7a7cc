// Transactions on their way through a node: from a peer or an interface, by the checks, into the pool, and out of it.
#pragma once

#include <deque>
#include <map>
#include <set>

#include "chain/transaction_pool.hpp"
#include "node/core.hpp"

namespace dusk::node {

class CorePool final : public chain::TransactionPool {
  public:
    CorePool(const CoreSettings& settings, const CorePorts& ports)
        : pool_(settings.pool),
          state_(*ports.pool_state),
          store_(ports.pool_store),
          most_checks_(settings.most_checks),
          most_unchecked_(settings.most_unchecked) {}

    // What was in the pool before a restart.
    void restore(Now now);

    [[nodiscard]] Submission submit(ledger::LedgerTransaction transaction, Now now);
    // The two halves of what `submit` leads to, without taking it; its signature or proof is looked at in between. A
    // missing nonce is no error.
    [[nodiscard]] mempool::PoolResult<mempool::CheckedTransaction> precheck(ledger::LedgerTransaction transaction) {
        return pool_.precheck(std::move(transaction), state_);
    }
    [[nodiscard]] mempool::PoolResult<void> check(const mempool::CheckedTransaction& transaction);
    void on_proofs_checked(CheckId id, const std::vector<ProofFinding>& findings, Now now);
    void on_block(const chain::BlockAccepted& accepted);
    void on_revert(const chain::BlocksReverted& reverted, Now now);
    void discard(const std::vector<BuiltCandidate::Discarded>& discarded);
    void on_time(Now now);
    [[nodiscard]] MonotonicTime wakeup() const { return pool_.wakeup(); }
    [[nodiscard]] std::vector<CoreAction> take_actions() { return std::exchange(actions_, {}); }

    // In the order in which they are to be tried, as many as a block may have.
    [[nodiscard]] std::vector<TransactionPtr> best_first() const;
    [[nodiscard]] ledger::Nonce next_nonce(const ledger::AccountKey& account, ledger::Nonce nonce) const {
        return pool_.next_nonce(account, nonce);
    }
    [[nodiscard]] std::size_t pooled() const { return pool_.size(); }
    [[nodiscard]] const mempool::Mempool& mempool() const { return pool_; }
    [[nodiscard]] std::size_t unchecked() const { return unchecked_ids_.size(); }

    [[nodiscard]] bool has(const ledger::TransactionId& id) override { return pool_.has(id); }
    [[nodiscard]] std::optional<ledger::LedgerTransaction> transaction(const ledger::TransactionId& id) override;
    [[nodiscard]] std::vector<ledger::TransactionId> ids(std::size_t most) override { return pool_.ids(most); }

  private:
    using Checked = mempool::CheckedTransaction;

    void start_checks();
    void insert(const Checked& transaction, const ProofFinding& finding, Now now);
    void refuse(const ledger::TransactionId& id, std::string text);
    // What the pool says goes to the store and to whoever takes the actions; what was added, to the network as well.
    enum class Announce : bool { no, yes };
    void take_events(Announce announce);

    mempool::Mempool pool_;
    mempool::PoolState& state_;
    mempool::PoolStore* store_;
    std::size_t most_checks_;
    std::size_t most_unchecked_;
    std::deque<Checked> unchecked_;  // no job yet
    std::map<CheckId, std::vector<Checked>> checking_;
    std::set<ledger::TransactionId> unchecked_ids_;  // of both
    std::uint64_t next_job_ = 0;
    bool store_failed_ = false;
    std::vector<CoreAction> actions_;
};

}  // namespace dusk::node
