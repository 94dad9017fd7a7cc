// Whose balance a transaction may change, told by what it says and what the transfer contract reports of it.
#pragma once

#include <map>
#include <set>

#include "execution/state_queries.hpp"
#include "ledger/transaction.hpp"
#include "vm/event_list.hpp"

namespace dusk::execution {

class BalanceWatch {
  public:
    // So many owners at most; others are left out.
    explicit BalanceWatch(std::size_t most) : most_(most) {}

    void see(const ledger::Transaction& transaction);
    // Reverted ones changed nothing.
    void see(const vm::EventView& event);
    [[nodiscard]] bool is_cut() const { return cut_; }

    using AccountBytes = ByteArray<ledger::AccountKey::kSize>;
    [[nodiscard]] const std::map<AccountBytes, ledger::AccountKey>& accounts() const { return accounts_; }
    [[nodiscard]] const std::set<ledger::ContractId>& contracts() const { return contracts_; }

  private:
    void add(const ledger::AccountKey& account);
    void add(const ledger::Unchecked<ledger::AccountKey>& account);
    void add(const ledger::ContractId& contract);
    void add(const ledger::WithdrawReceiver& receiver);
    [[nodiscard]] bool has_room() const { return accounts_.size() + contracts_.size() < most_; }

    std::size_t most_;
    std::map<AccountBytes, ledger::AccountKey> accounts_;
    std::set<ledger::ContractId> contracts_;
    bool cut_ = false;
};

}  // namespace dusk::execution
