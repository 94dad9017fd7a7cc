// Notes as a node streams them, and calls of contracts that notes or an account pay for.
#include "base/executor.hpp"
#include "base/writer.hpp"
#include "crypto/chacha_rng.hpp"
#include "wallet/contract_orders.hpp"
#include "wallet/note_scan.hpp"
#include "walletcore/seed.hpp"
#include "walletcore/transactions.hpp"

namespace dusk::walletcore {
namespace {

constexpr std::size_t kRecordSize = 848;

void write_record(Writer& out, const wallet::OwnedNote& note, const phoenix::SecretKey& owner) {
    const crypto::Fq nullifier = note.leaf.note.nullifier(owner);
    out.bytes(note.leaf.to_archive()).le(note.leaf.note.pos()).le(note.leaf.block_height);
    out.le(note.value ? note.value->value : std::uint64_t{0});
    out.bytes(nullifier.to_bytes()).bytes(nullifier.to_archive());
    out.le(static_cast<std::uint8_t>(note.owner)).le(static_cast<std::uint8_t>(note.value ? 1 : 0));
    out.bytes(ByteArray<22>{});
}

enum class CallKind : std::uint8_t { convert, stake, unstake, reward };

Result<ledger::WithdrawReplayToken, Status> token_at(In nonce, In nullifiers) {
    if (nonce != nullptr) return ledger::NonceToken{{amount(nonce)}};
    if (nullifiers == nullptr) return fail(fail_with(Status::refused, "neither a nonce nor nullifiers"));
    const ByteView bytes = read_buffer(nullifiers);
    ledger::NullifierToken out;
    for (std::size_t at = 0; at + 32 <= bytes.size(); at += 32) {
        out.nullifiers.emplace_back(bytes.subspan(at).first<32>());
    }
    return out;
}

}  // namespace

DUSK_EXPORT(scan_notes) Status scan_notes(In seed, In indexes, In leaves, NewBuffer records) {
    start();
    const ByteView bytes = read_buffer(leaves);
    if (bytes.size() % phoenix::NoteLeaf::kArchivedSize != 0) {
        return fail_with(Status::unarchiving, "leaves have 736 bytes each");
    }
    std::vector<phoenix::SecretKey> secrets;
    std::vector<phoenix::ViewKey> views;
    for (const std::uint8_t index : indexes_at(indexes)) {
        secrets.push_back(profile_of(seed, index).phoenix.clone());
        views.push_back(secrets.back().view_key());
    }
    SerialExecutor serial;
    const auto found = wallet::scan_notes(bytes, views, serial);
    Writer out(kRecordSize * found.size());
    for (const wallet::OwnedNote& note : found) write_record(out, note, secrets[note.owner]);
    write_buffer(out.view(), records);
    return Status::ok;
}

DUSK_EXPORT(wallet_call)
Status wallet_call(std::uint32_t kind, In rng, In seed, std::uint32_t index, In value, In nonce, In nullifiers,
                   std::uint32_t to_notes, std::uint32_t chain_id, NewBuffer data) {
    start();
    const wallet::Profile own = profile_of(seed, index);
    const wallet::StakeSigners signers{.account = own.bls, .owner = own.bls};
    const wallet::Payee payee{.account = own.bls, .notes = to_notes == 0 ? nullptr : &own.phoenix};
    const ledger::Lux lux{amount(value)};
    crypto::ChaChaRng random(take<32>(fixed<32>(rng)));
    std::optional<ledger::TransactionData> call;
    if (kind == static_cast<std::uint32_t>(CallKind::stake)) {
        call = wallet::stake_call(static_cast<ledger::ChainId>(chain_id & 0xff), lux, signers);
    } else {
        const auto token = token_at(nonce, nullifiers);
        if (!token) return token.error();
        if (kind == static_cast<std::uint32_t>(CallKind::convert))
            call = wallet::convert_call(lux, payee, *token, random);
        if (kind == static_cast<std::uint32_t>(CallKind::unstake)) {
            call = wallet::unstake_call(lux, signers, payee, *token, random);
        }
        if (kind == static_cast<std::uint32_t>(CallKind::reward)) {
            call = wallet::reward_call(lux, signers, payee, *token, random);
        }
    }
    if (!call) return fail_with(Status::refused, "there is no such call");
    write_buffer(archive_write(*call), data);
    return Status::ok;
}

}  // namespace dusk::walletcore
