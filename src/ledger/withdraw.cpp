#include "ledger/withdraw.hpp"

#include "base/writer.hpp"
#include "crypto/schnorr_raw.hpp"

namespace dusk::ledger {
namespace {

// Appends the bytes of a value that may be none.
template <class T>
bool put(Writer& out, const Unchecked<T>& value) {
    const auto checked = value.checked();
    if (!checked) return false;
    out.bytes(checked->to_bytes());
    return true;
}

Withdraw unsigned_withdraw(ContractId contract, Lux value, WithdrawReceiver receiver, WithdrawReplayToken token) {
    return {.contract = contract,
            .value = value,
            .receiver = receiver,
            .token = std::move(token),
            .signature = AccountSignature{}};
}

}  // namespace

Withdraw Withdraw::to_account(ContractId contract, Lux value, WithdrawReplayToken token,
                              const crypto::BlsSecretKey& account) {
    Withdraw out = unsigned_withdraw(contract, value, ToAccount{account.public_key()}, std::move(token));
    out.signature = AccountSignature{account.sign(out.signature_message().value())};
    return out;
}

Withdraw Withdraw::to_note(ContractId contract, Lux value, const phoenix::StealthAddress& address,
                           WithdrawReplayToken token, const crypto::Fr& note_sk, RandomSource& random) {
    Withdraw out = unsigned_withdraw(contract, value, ToNote{address}, std::move(token));
    const crypto::Fq message = crypto::Fq::hash_to_scalar(out.signature_message().value());
    out.signature = NoteSignature{crypto::schnorr::SecretKey(note_sk).sign(random, message)};
    return out;
}

std::optional<Bytes> Withdraw::signature_message() const {
    Writer out;
    out.bytes(contract.bytes).le(value.value);
    if (const auto* note = std::get_if<ToNote>(&receiver)) {
        if (!put(out, note->address)) return {};
    } else {
        out.bytes(account_bytes(std::get<ToAccount>(receiver).account));
    }
    if (const auto* spent = std::get_if<NullifierToken>(&token)) {
        for (const auto& nullifier : spent->nullifiers) {
            if (!put(out, nullifier)) return {};
        }
    } else {
        out.le(std::get<NonceToken>(token).nonce.value);
    }
    return std::move(out).finish();
}

std::optional<Bytes> Withdraw::wrapped_signature_message() const {
    const auto message = signature_message();
    if (!message) return {};
    Writer out;
    out.bytes(*message);
    if (const auto* of_note = std::get_if<NoteSignature>(&signature)) {
        if (!put(out, of_note->signature)) return {};
        return std::move(out).finish();
    }
    const auto by_account = account_signature(std::get<AccountSignature>(signature).signature);
    if (!by_account) return {};
    out.bytes(by_account->to_bytes());
    return std::move(out).finish();
}

bool Withdraw::is_signed_by_receiver() const {
    const auto message = signature_message();
    if (!message) return false;
    if (const auto* note = std::get_if<ToNote>(&receiver)) {
        const auto* by_note = std::get_if<NoteSignature>(&signature);
        if (by_note == nullptr) return false;
        const auto address = note->address.checked();
        return address && crypto::schnorr::verify_raw(address->note_pk().to_archive(), by_note->signature.archive(),
                                                      crypto::Fq::hash_to_scalar(*message).to_archive());
    }
    const auto* by_account = std::get_if<AccountSignature>(&signature);
    if (by_account == nullptr) return false;
    const auto key = account_key(std::get<ToAccount>(receiver).account);
    const auto point = account_signature(by_account->signature);
    return key && point && key->verify(*point, *message);
}

}  // namespace dusk::ledger
