// What a transaction is for, as it is stored.
#pragma once

#include "ledger/transaction.hpp"

namespace dusk::chronicle {

// Never another number for one of them.
enum class TransactionKind : std::uint8_t { transfer = 0, call = 1, deploy = 2, memo = 3, blob = 4 };

[[nodiscard]] inline TransactionKind kind_of(const ledger::Transaction& transaction) {
    if (transaction.call() != nullptr) return TransactionKind::call;
    if (transaction.deploy() != nullptr) return TransactionKind::deploy;
    if (transaction.blobs() != nullptr) return TransactionKind::blob;
    return transaction.memo() != nullptr ? TransactionKind::memo : TransactionKind::transfer;
}

}  // namespace dusk::chronicle
