#include "execution/state_queries.hpp"

#include "base/archive.hpp"
#include "execution/unlimited_gas.hpp"

namespace dusk::execution {
namespace {

using ledger::kStakeContract;
using ledger::kTransferContract;

vm::CallError no_answer() {
    return {vm::CallErrorKind::runtime, vm::Trap::none, "the contract answers with something else"};
}

}  // namespace

template <class T>
vm::CallResult<T> StateQueries::ask(const ledger::ContractId& contract, std::string_view function, ByteView argument) {
    auto receipt = session_->call(contract.bytes, function, argument, kUnlimitedGas);
    if (!receipt) return fail(std::move(receipt).error());
    auto answer = archive_read<T>(receipt->data);
    if (!answer) return fail(no_answer());
    return *std::move(answer);
}

template <class T>
vm::CallResult<std::vector<T>> StateQueries::list(const ledger::ContractId& contract, std::string_view function,
                                                  ByteView argument) {
    std::size_t unreadable = 0;
    auto out = readable<T>(contract, function, argument, unreadable);
    if (out && unreadable > 0) return fail(no_answer());
    return out;
}

template <class T>
vm::CallResult<std::vector<T>> StateQueries::readable(const ledger::ContractId& contract, std::string_view function,
                                                      ByteView argument, std::size_t& unreadable) {
    std::vector<T> out;
    const auto done = session_->feeder_call(contract.bytes, function, argument, kUnlimitedGas, [&](const Bytes& item) {
        auto read = archive_read<T>(item);
        if (read) {
            out.push_back(*std::move(read));
        } else {
            ++unreadable;
        }
    });
    if (!done) return fail(done.error());
    return out;
}

vm::CallResult<ledger::AccountData> StateQueries::account(const ledger::AccountKey& key) {
    return ask<ledger::AccountData>(kTransferContract, "account",
                                    archive_write(ledger::Unchecked<ledger::AccountKey>(key)));
}

vm::CallResult<ledger::Lux> StateQueries::contract_balance(const ledger::ContractId& contract) {
    return ask<ledger::Lux>(kTransferContract, "contract_balance", archive_write(contract));
}

vm::CallResult<std::vector<crypto::Fq>> StateQueries::spent_nullifiers(std::span<const crypto::Fq> nullifiers) {
    return ask<std::vector<crypto::Fq>>(kTransferContract, "existing_nullifiers",
                                        archive_write(std::vector<crypto::Fq>(nullifiers.begin(), nullifiers.end())));
}

vm::CallResult<crypto::Fq> StateQueries::notes_root() { return ask<crypto::Fq>(kTransferContract, "root", {}); }

vm::CallResult<std::uint64_t> StateQueries::notes_count() {
    return ask<std::uint64_t>(kTransferContract, "num_notes", {});
}

vm::CallResult<std::optional<crypto::NoteOpening>> StateQueries::opening(std::uint64_t position) {
    return ask<std::optional<crypto::NoteOpening>>(kTransferContract, "opening", archive_write(position));
}

vm::CallResult<std::vector<phoenix::NoteLeaf>> StateQueries::notes(std::uint64_t from_position) {
    std::size_t unreadable = 0;  // anybody's contract can pay one
    return readable<phoenix::NoteLeaf>(kTransferContract, "leaves_from_pos", archive_write(from_position), unreadable);
}

vm::CallResult<std::optional<ledger::StakeData>> StateQueries::stake(const ledger::AccountKey& account) {
    return ask<std::optional<ledger::StakeData>>(kStakeContract, "get_stake",
                                                 archive_write(ledger::Unchecked<ledger::AccountKey>(account)));
}

vm::CallResult<std::vector<ledger::AccountEntry>> StateQueries::accounts() {
    return list<ledger::AccountEntry>(kTransferContract, "sync_accounts", archive_write(ledger::SyncRange{}));
}

vm::CallResult<std::vector<ledger::ContractAmount>> StateQueries::contract_balances() {
    return list<ledger::ContractAmount>(kTransferContract, "sync_contract_balances",
                                        archive_write(ledger::SyncRange{}));
}

vm::CallResult<std::vector<ledger::StakeEntry>> StateQueries::stakes() {
    return list<ledger::StakeEntry>(kStakeContract, "stakes", {});
}

vm::CallResult<std::vector<ledger::StakeChange>> StateQueries::former_stakes() {
    return list<ledger::StakeChange>(kStakeContract, "prev_state_changes", {});
}

}  // namespace dusk::execution
