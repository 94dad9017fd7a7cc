#include "mempool/checked_transaction.hpp"

#include "execution/preconditions.hpp"
#include "ledger/limits.hpp"
#include "vm/session.hpp"

namespace dusk::mempool {

using execution::Refusal;
using ledger::TransactionFormat;

PoolResult<CheckedTransaction> CheckedTransaction::check(ledger::LedgerTransaction transaction,
                                                         const TransactionRules& rules) {
    if (transaction.format == TransactionFormat::pre_aegis) return not_admitted(PoolError::old_format);
    transaction.format = TransactionFormat::boreas;
    const ledger::Transaction& inner = transaction.transaction;
    CheckedTransaction out;
    out.size_ = inner.block_space(TransactionFormat::boreas);
    if (out.size_ > ledger::kMostBlockBytes - ledger::BlockHeader::kLeastSize) return not_admitted(PoolError::too_long);
    if (spend_argument(inner).size() > vm::kArgumentBufferBytes) return not_admitted(Refusal::too_large);
    if (inner.gas_price() == ledger::GasPrice{0}) return not_admitted(Refusal::no_price);
    if (rules.chain && inner.chain_id() != *rules.chain) return not_admitted(PoolError::other_chain);
    if (const auto allowed = execution::check_preconditions(inner); !allowed) return not_admitted(allowed.error());
    if (inner.gas_limit() < rules.least_gas_limit) return not_admitted(Refusal::low_gas_limit);
    out.id_ = inner.id();
    out.spending_ids_ = inner.spending_ids();
    out.transaction_ = std::make_shared<const ledger::LedgerTransaction>(std::move(transaction));
    return out;
}

}  // namespace dusk::mempool
