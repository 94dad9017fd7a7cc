// A transaction that may come into the pool: all rules that concern it alone hold (spec/consensus.md §18), but nobody
// has looked yet at its signature or proof and at its blobs.
#pragma once

#include <memory>
#include <vector>

#include "base/clock.hpp"
#include "execution/preverify.hpp"
#include "ledger/block.hpp"
#include "mempool/pool_error.hpp"

namespace dusk::mempool {

// Shared and never changed.
using TransactionPtr = std::shared_ptr<const ledger::LedgerTransaction>;

struct TransactionRules {
    std::optional<ledger::ChainId> chain{};  // nothing: that of any network
    ledger::Gas least_gas_limit = execution::kMinGasLimit;
};

class CheckedTransaction {
  public:
    // In the order of the rules. The transaction is encoded in the form of Boreas from here on.
    // Errors: old_format, too_long, refused, other_chain.
    [[nodiscard]] static PoolResult<CheckedTransaction> check(ledger::LedgerTransaction transaction,
                                                              const TransactionRules& rules);

    [[nodiscard]] const TransactionPtr& pointer() const { return transaction_; }
    [[nodiscard]] const ledger::Transaction& transaction() const { return transaction_->transaction; }
    [[nodiscard]] const ledger::TransactionId& id() const { return id_; }
    [[nodiscard]] ledger::GasPrice price() const { return transaction().gas_price(); }
    // What it takes of a block, which is about what it takes of memory.
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] const std::vector<Bytes>& spending_ids() const { return spending_ids_; }
    // Null for Phoenix.
    [[nodiscard]] const ledger::MoonlightPayload* moonlight() const {
        const auto* moonlight = transaction().moonlight();
        return moonlight == nullptr ? nullptr : &moonlight->payload;
    }

  private:
    CheckedTransaction() = default;

    TransactionPtr transaction_;
    ledger::TransactionId id_{};
    std::size_t size_ = 0;
    std::vector<Bytes> spending_ids_;
};

}  // namespace dusk::mempool
