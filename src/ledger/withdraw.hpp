// The permit to take funds out of a contract: of the transfer contract's `withdraw`, `convert` and `mint`, and inside
// that of the stake contract (spec/transactions.md §8.2, §13).
#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "base/random.hpp"
#include "ledger/archived_values.hpp"

namespace dusk::ledger {

// Who is paid.
struct ToNote {
    Unchecked<phoenix::StealthAddress> address;
    friend bool operator==(const ToNote&, const ToNote&) = default;
};
struct ToAccount {
    Unchecked<AccountKey> account;
    friend bool operator==(const ToAccount&, const ToAccount&) = default;
};
using WithdrawReceiver = std::variant<ToNote, ToAccount>;

// The one transaction in which the permit holds: that with these nullifiers, or that of the account with this nonce.
struct NullifierToken {
    std::vector<Unchecked<crypto::Fq>> nullifiers;
    friend bool operator==(const NullifierToken&, const NullifierToken&) = default;
};
struct NonceToken {
    Nonce nonce;
    friend bool operator==(const NonceToken&, const NonceToken&) = default;
};
using WithdrawReplayToken = std::variant<NullifierToken, NonceToken>;

// By the one-time key of the note, or by the account.
struct NoteSignature {
    Unchecked<crypto::schnorr::Signature> signature;
    friend bool operator==(const NoteSignature&, const NoteSignature&) = default;
};
struct AccountSignature {
    Unchecked<crypto::BlsSignature> signature;
    friend bool operator==(const AccountSignature&, const AccountSignature&) = default;
};
using WithdrawSignature = std::variant<NoteSignature, AccountSignature>;

struct Withdraw {
    ContractId contract;  // that pays
    Lux value;
    WithdrawReceiver receiver;
    WithdrawReplayToken token;
    WithdrawSignature signature;

    // Pays the account of the key that signs.
    [[nodiscard]] static Withdraw to_account(ContractId contract, Lux value, WithdrawReplayToken token,
                                             const crypto::BlsSecretKey& account);
    // Pays a note; signed by the secret key of its address. Draws 64 bytes.
    [[nodiscard]] static Withdraw to_note(ContractId contract, Lux value, const phoenix::StealthAddress& address,
                                          WithdrawReplayToken token, const crypto::Fr& note_sk, RandomSource& random);

    // contract 32 ‖ value u64 ‖ address 64 or key 96 ‖ nullifiers 32 each, or nonce u64. Nothing when the address is no
    // pair of points or a nullifier no scalar: the network computes something of such limbs, we do not.
    [[nodiscard]] std::optional<Bytes> signature_message() const;
    // The message ‖ the signature (64 or 48 bytes): what the keys of a stake sign. Nothing when the signature is no
    // point either.
    [[nodiscard]] std::optional<Bytes> wrapped_signature_message() const;
    // Whether the signature is the receiver's. False for limbs that are no values.
    [[nodiscard]] bool is_signed_by_receiver() const;

    friend bool operator==(const Withdraw&, const Withdraw&) = default;
};

}  // namespace dusk::ledger

namespace dusk {

template <>
struct Archived<ledger::WithdrawReceiver>
    : ArchivedEnum<ledger::WithdrawReceiver, 328, 8, Variant<ledger::ToNote, Field<&ledger::ToNote::address, 8>>,
                   Variant<ledger::ToAccount, Field<&ledger::ToAccount::account, 8>>> {};
template <>
struct Archived<ledger::WithdrawReplayToken>
    : ArchivedEnum<ledger::WithdrawReplayToken, 16, 8,
                   Variant<ledger::NullifierToken, Field<&ledger::NullifierToken::nullifiers, 4>>,
                   Variant<ledger::NonceToken, Field<&ledger::NonceToken::nonce, 8>>> {};
template <>
struct Archived<ledger::WithdrawSignature>
    : ArchivedEnum<ledger::WithdrawSignature, 200, 8,
                   Variant<ledger::NoteSignature, Field<&ledger::NoteSignature::signature, 8>>,
                   Variant<ledger::AccountSignature, Field<&ledger::AccountSignature::signature, 8>>> {};
template <>
struct Archived<ledger::Withdraw>
    : ArchivedStruct<ledger::Withdraw, 584, 8, Field<&ledger::Withdraw::contract, 544>,
                     Field<&ledger::Withdraw::value, 576>, Field<&ledger::Withdraw::receiver, 0>,
                     Field<&ledger::Withdraw::token, 328>, Field<&ledger::Withdraw::signature, 344>> {};

}  // namespace dusk
