// What the session knows of a transaction while it runs (spec/transactions.md §7, 7 and 8).
#pragma once

#include "ledger/transaction.hpp"
#include "vm/session.hpp"

namespace dusk::execution {

// Tells contracts the sender (none for Phoenix), and watches withdrawals of a transaction that calls a contract. Takes
// both back at its end.
class TransactionScope {
  public:
    TransactionScope(vm::Session& session, const ledger::Transaction& transaction);
    ~TransactionScope();
    TransactionScope(const TransactionScope&) = delete;
    TransactionScope& operator=(const TransactionScope&) = delete;

  private:
    vm::Session* session_;
};

// Why a call of the transfer contract's `withdraw` is refused: the contract alone would take a permit that lists more
// nullifiers than the transaction has. `nullifiers`: of the transaction, 0 for Moonlight. Other calls pass.
[[nodiscard]] std::optional<std::string> refused_withdrawal(const vm::ContractId& callee, std::string_view function,
                                                            ByteView argument, std::size_t nullifiers);

}  // namespace dusk::execution
