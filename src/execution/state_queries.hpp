// Questions to the contracts of the protocol about a state (spec/transactions.md §8.2, §9.2).
#pragma once

#include <span>

#include "crypto/notes_tree.hpp"
#include "ledger/stake_contract.hpp"
#include "ledger/transfer_contract.hpp"
#include "vm/session.hpp"

namespace dusk::execution {

// Calls that change nothing. Errors: that the machine failed, or that a contract of another release answers.
class StateQueries {
  public:
    // The session outlives this; what it changed is seen.
    explicit StateQueries(vm::Session& session) : session_(&session) {}

    // Zeros for an account that was never used.
    [[nodiscard]] vm::CallResult<ledger::AccountData> account(const ledger::AccountKey& key);
    [[nodiscard]] vm::CallResult<ledger::Lux> contract_balance(const ledger::ContractId& contract);
    // Those of `nullifiers` that were spent, in this order. At most 2000.
    [[nodiscard]] vm::CallResult<std::vector<crypto::Fq>> spent_nullifiers(std::span<const crypto::Fq> nullifiers);
    [[nodiscard]] vm::CallResult<crypto::Fq> notes_root();
    [[nodiscard]] vm::CallResult<std::uint64_t> notes_count();
    // The path to the note at a position; nothing where there is none.
    [[nodiscard]] vm::CallResult<std::optional<crypto::NoteOpening>> opening(std::uint64_t position);
    [[nodiscard]] vm::CallResult<std::optional<ledger::StakeData>> stake(const ledger::AccountKey& account);

    // From a position on, in order. Without those that are no value: a contract that pays a note chooses the limbs of
    // its address (docs/deviations.md).
    [[nodiscard]] vm::CallResult<std::vector<phoenix::NoteLeaf>> notes(std::uint64_t from_position);
    // In the order of the raw keys. Linear in the number of accounts, a few microseconds each.
    [[nodiscard]] vm::CallResult<std::vector<ledger::AccountEntry>> accounts();
    [[nodiscard]] vm::CallResult<std::vector<ledger::ContractAmount>> contract_balances();
    [[nodiscard]] vm::CallResult<std::vector<ledger::StakeEntry>> stakes();
    // The stakes that the last block changed, as they were before it.
    [[nodiscard]] vm::CallResult<std::vector<ledger::StakeChange>> former_stakes();

  private:
    template <class T>
    vm::CallResult<T> ask(const ledger::ContractId& contract, std::string_view function, ByteView argument);
    template <class T>
    vm::CallResult<std::vector<T>> list(const ledger::ContractId& contract, std::string_view function,
                                        ByteView argument);
    // Without those that are no value, which it counts.
    template <class T>
    vm::CallResult<std::vector<T>> readable(const ledger::ContractId& contract, std::string_view function,
                                            ByteView argument, std::size_t& unreadable);

    vm::Session* session_;
};

}  // namespace dusk::execution
