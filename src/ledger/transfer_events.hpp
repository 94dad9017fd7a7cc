// What the transfer contract reports (spec/transactions.md §8, §13). The topic is named at each type.
#pragma once

#include "ledger/transfer_contract.hpp"
#include "ledger/withdraw.hpp"

namespace dusk::ledger {

// `moonlight`: a transaction was paid by an account.
struct MoonlightTransactionEvent {
    Unchecked<AccountKey> sender;
    std::optional<Unchecked<AccountKey>> receiver;  // none: the sender
    Lux value;
    Bytes memo;
    Gas gas_spent;
    std::optional<AccountAmount> refund_info;  // where gas that was not spent went, if to another account
    friend bool operator==(const MoonlightTransactionEvent&, const MoonlightTransactionEvent&) = default;
};
// `phoenix`: a transaction was paid by notes.
struct PhoenixTransactionEvent {
    std::vector<crypto::Fq> nullifiers;
    std::vector<phoenix::Note> notes;  // that were put into the tree, with their positions
    Bytes memo;
    Gas gas_spent;
    std::optional<phoenix::Note> refund_note;
    friend bool operator==(const PhoenixTransactionEvent&, const PhoenixTransactionEvent&) = default;
};
// `withdraw`, `mint`.
struct WithdrawEvent {
    ContractId sender;
    WithdrawReceiver receiver;
    Lux value;
    friend bool operator==(const WithdrawEvent&, const WithdrawEvent&) = default;
};
// `convert`: between notes and accounts. The sender of a Phoenix transaction is nobody.
struct ConvertEvent {
    std::optional<Unchecked<AccountKey>> sender;
    WithdrawReceiver receiver;
    Lux value;
    friend bool operator==(const ConvertEvent&, const ConvertEvent&) = default;
};
// `deposit`.
struct DepositEvent {
    std::optional<Unchecked<AccountKey>> sender;
    ContractId receiver;
    Lux value;
    friend bool operator==(const DepositEvent&, const DepositEvent&) = default;
};
// `contract_to_contract`, `mint_c`.
struct ContractToContractEvent {
    ContractId sender;
    ContractId receiver;
    Lux value;
    friend bool operator==(const ContractToContractEvent&, const ContractToContractEvent&) = default;
};
// `contract_to_account`.
struct ContractToAccountEvent {
    ContractId sender;
    Unchecked<AccountKey> receiver;
    Lux value;
    friend bool operator==(const ContractToAccountEvent&, const ContractToAccountEvent&) = default;
};

}  // namespace dusk::ledger

namespace dusk {

template <>
struct Archived<ledger::MoonlightTransactionEvent>
    : ArchivedStruct<ledger::MoonlightTransactionEvent, 648, 8, Field<&ledger::MoonlightTransactionEvent::sender, 424>,
                     Field<&ledger::MoonlightTransactionEvent::receiver, 0>,
                     Field<&ledger::MoonlightTransactionEvent::value, 624>,
                     Field<&ledger::MoonlightTransactionEvent::memo, 632>,
                     Field<&ledger::MoonlightTransactionEvent::gas_spent, 640>,
                     Field<&ledger::MoonlightTransactionEvent::refund_info, 208>> {};
template <>
struct Archived<ledger::PhoenixTransactionEvent>
    : ArchivedStruct<ledger::PhoenixTransactionEvent, 768, 8, Field<&ledger::PhoenixTransactionEvent::nullifiers, 736>,
                     Field<&ledger::PhoenixTransactionEvent::notes, 744>,
                     Field<&ledger::PhoenixTransactionEvent::memo, 752>,
                     Field<&ledger::PhoenixTransactionEvent::gas_spent, 760>,
                     Field<&ledger::PhoenixTransactionEvent::refund_note, 0>> {};
template <>
struct Archived<ledger::WithdrawEvent>
    : ArchivedStruct<ledger::WithdrawEvent, 368, 8, Field<&ledger::WithdrawEvent::sender, 328>,
                     Field<&ledger::WithdrawEvent::receiver, 0>, Field<&ledger::WithdrawEvent::value, 360>> {};
template <>
struct Archived<ledger::ConvertEvent>
    : ArchivedStruct<ledger::ConvertEvent, 544, 8, Field<&ledger::ConvertEvent::sender, 0>,
                     Field<&ledger::ConvertEvent::receiver, 208>, Field<&ledger::ConvertEvent::value, 536>> {};
template <>
struct Archived<ledger::DepositEvent>
    : ArchivedStruct<ledger::DepositEvent, 248, 8, Field<&ledger::DepositEvent::sender, 0>,
                     Field<&ledger::DepositEvent::receiver, 208>, Field<&ledger::DepositEvent::value, 240>> {};
template <>
struct Archived<ledger::ContractToContractEvent>
    : ArchivedStruct<ledger::ContractToContractEvent, 72, 8, Field<&ledger::ContractToContractEvent::sender, 0>,
                     Field<&ledger::ContractToContractEvent::receiver, 32>,
                     Field<&ledger::ContractToContractEvent::value, 64>> {};
template <>
struct Archived<ledger::ContractToAccountEvent>
    : ArchivedStruct<ledger::ContractToAccountEvent, 240, 8, Field<&ledger::ContractToAccountEvent::sender, 0>,
                     Field<&ledger::ContractToAccountEvent::receiver, 32>,
                     Field<&ledger::ContractToAccountEvent::value, 232>> {};

}  // namespace dusk
