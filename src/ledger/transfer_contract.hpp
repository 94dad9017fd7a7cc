// What the transfer contract takes, gives back and reports, as archives (spec/transactions.md §8, §13).
//
// Field names are those of the table in §13. Keys, addresses and scalars that any contract may have written are
// `Unchecked`: an archive is valid whatever their limbs.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "ledger/archived_values.hpp"

namespace dusk::ledger {

// Query `account`; zeros when there is none.
struct AccountData {
    Nonce nonce;
    Lux balance;
    friend bool operator==(const AccountData&, const AccountData&) = default;
};
// What `sync_accounts` feeds.
struct AccountEntry {
    AccountData data;
    ByteArray<AccountKey::kRawSize> key{};  // the raw form, by which the contract orders its accounts
    friend bool operator==(const AccountEntry&, const AccountEntry&) = default;
};
// Of `add_account_balance`, `sub_account_balance`; a refund in an event.
struct AccountAmount {
    Unchecked<AccountKey> account;
    Lux value;
    friend bool operator==(const AccountAmount&, const AccountAmount&) = default;
};
// Of `add_contract_balance`, `sub_contract_balance`; what `sync_contract_balances` feeds.
struct ContractAmount {
    ContractId contract;
    Lux value;
    friend bool operator==(const ContractAmount&, const ContractAmount&) = default;
};
// Of `push_note`.
struct NoteAtHeight {
    Height height;
    phoenix::Note note;
    friend bool operator==(const NoteAtHeight&, const NoteAtHeight&) = default;
};
// Of the `sync` queries: where to start and how many at most; for notes a limit of 0 is none.
struct SyncRange {
    std::uint64_t from = 0;
    std::uint64_t limit = 0;
    friend bool operator==(const SyncRange&, const SyncRange&) = default;
};

struct ContractToContract {
    ContractId contract;
    Lux value;
    std::string fn_name;
    Bytes data;
    friend bool operator==(const ContractToContract&, const ContractToContract&) = default;
};
struct ReceiveFromContract {
    ContractId contract;
    Lux value;
    Bytes data;
    friend bool operator==(const ReceiveFromContract&, const ReceiveFromContract&) = default;
};
struct ContractToAccount {
    Unchecked<AccountKey> account;
    Lux value;
    friend bool operator==(const ContractToAccount&, const ContractToAccount&) = default;
};

}  // namespace dusk::ledger

namespace dusk {

template <>
struct Archived<ledger::AccountData> : ArchivedStruct<ledger::AccountData, 16, 8, Field<&ledger::AccountData::nonce, 0>,
                                                      Field<&ledger::AccountData::balance, 8>> {};
// The pairs are tuples: the last element comes first.
template <>
struct Archived<ledger::AccountEntry>
    : ArchivedStruct<ledger::AccountEntry, 216, 8, Field<&ledger::AccountEntry::key, 16>,
                     Field<&ledger::AccountEntry::data, 0>> {};
template <>
struct Archived<ledger::AccountAmount>
    : ArchivedStruct<ledger::AccountAmount, 208, 8, Field<&ledger::AccountAmount::value, 200>,
                     Field<&ledger::AccountAmount::account, 0>> {};
template <>
struct Archived<ledger::ContractAmount>
    : ArchivedStruct<ledger::ContractAmount, 40, 8, Field<&ledger::ContractAmount::value, 32>,
                     Field<&ledger::ContractAmount::contract, 0>> {};
template <>
struct Archived<ledger::NoteAtHeight>
    : ArchivedStruct<ledger::NoteAtHeight, 736, 8, Field<&ledger::NoteAtHeight::note, 8>,
                     Field<&ledger::NoteAtHeight::height, 0>> {};
template <>
struct Archived<ledger::SyncRange> : ArchivedStruct<ledger::SyncRange, 16, 8, Field<&ledger::SyncRange::limit, 8>,
                                                    Field<&ledger::SyncRange::from, 0>> {};
template <>
struct Archived<ledger::ContractToContract>
    : ArchivedStruct<ledger::ContractToContract, 56, 8, Field<&ledger::ContractToContract::contract, 0>,
                     Field<&ledger::ContractToContract::value, 32>, Field<&ledger::ContractToContract::fn_name, 40>,
                     Field<&ledger::ContractToContract::data, 48>> {};
template <>
struct Archived<ledger::ReceiveFromContract>
    : ArchivedStruct<ledger::ReceiveFromContract, 48, 8, Field<&ledger::ReceiveFromContract::contract, 0>,
                     Field<&ledger::ReceiveFromContract::value, 32>, Field<&ledger::ReceiveFromContract::data, 40>> {};
template <>
struct Archived<ledger::ContractToAccount>
    : ArchivedStruct<ledger::ContractToAccount, 208, 8, Field<&ledger::ContractToAccount::account, 0>,
                     Field<&ledger::ContractToAccount::value, 200>> {};

}  // namespace dusk
