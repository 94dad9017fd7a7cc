#include <algorithm>

#include "base/base58.hpp"
#include "base/hex.hpp"
#include "rpc/drivers/json_values.hpp"

namespace dusk::rpc {
namespace {

using Json = nlohmann::json;

constexpr std::string_view kBadValue = "the bytes of a value are no value of its type";

template <class T>
std::string hex_of(const T& point) {
    return to_hex(point.to_bytes());
}

}  // namespace

Json ValueWriter::write(NoValue) { return nullptr; }
Json ValueWriter::write(std::uint64_t value) { return std::to_string(value); }
Json ValueWriter::write(std::uint8_t value) { return value; }
Json ValueWriter::write(const std::string& value) { return value; }
Json ValueWriter::write(const Bytes& value) { return to_hex(value); }
Json ValueWriter::write(const crypto::Fq& value) { return to_hex(value.to_bytes()); }

Json ValueWriter::write(const ledger::Unchecked<crypto::Fq>& value) {
    const auto checked = value.checked();
    if (checked) return write(*checked);
    refuse(kBadValue);
    return nullptr;
}

Json ValueWriter::write(const ledger::Unchecked<ledger::AccountKey>& value) {
    return to_base58(ledger::account_bytes(value));
}

Json ValueWriter::write(const ledger::Unchecked<crypto::BlsSignature>& value) {
    const auto checked = ledger::account_signature(value);
    if (checked) return to_base58(checked->to_bytes());
    refuse(kBadValue);
    return nullptr;
}

Json ValueWriter::write(const ledger::Unchecked<crypto::schnorr::Signature>& value) {
    const auto checked = value.checked();
    if (checked) return to_base58(checked->to_bytes());
    refuse(kBadValue);
    return nullptr;
}

Json ValueWriter::write(const ledger::Unchecked<phoenix::StealthAddress>& value) {
    const auto checked = value.checked();
    if (checked) return to_base58(checked->to_bytes());
    refuse(kBadValue);
    return nullptr;
}

Json ValueWriter::write(const phoenix::Sender& value) {
    if (const auto* info = value.contract_info()) return {{"ContractInfo", to_hex(info->bytes)}};
    const phoenix::EncryptedSender& sender = *value.encrypted();
    const Json a = Json::array({hex_of(sender.a_c1), hex_of(sender.a_c2)});
    const Json b = Json::array({hex_of(sender.b_c1), hex_of(sender.b_c2)});
    return {{"Encryption", Json::array({a, b})}};
}

Json ValueWriter::write(const phoenix::Note& value) {
    return {{"note_type", value.type() == phoenix::NoteType::transparent ? "Transparent" : "Obfuscated"},
            {"value_commitment", hex_of(value.value_commitment())},
            {"stealth_address", to_base58(value.stealth_address().to_bytes())},
            {"pos", write(value.pos())},
            {"value_enc", to_hex(value.value_enc())},
            {"sender", write(value.sender())}};
}

Json ValueWriter::write(const phoenix::TransactionSkeleton& value) {
    return {{"root", write(value.root)},
            {"nullifiers", write(value.nullifiers)},
            {"outputs", Json::array({write(value.outputs[0]), write(value.outputs[1])})},
            {"max_fee", write(value.max_fee)},
            {"deposit", write(value.deposit)}};
}

Json ValueWriter::write(const ledger::WithdrawReceiver& value) {
    if (const auto* note = std::get_if<ledger::ToNote>(&value)) return {{"Phoenix", write(note->address)}};
    return {{"Moonlight", write(std::get<ledger::ToAccount>(value).account)}};
}

Json ValueWriter::write(const ledger::WithdrawReplayToken& value) {
    if (const auto* notes = std::get_if<ledger::NullifierToken>(&value)) return {{"Phoenix", write(notes->nullifiers)}};
    return {{"Moonlight", write(std::get<ledger::NonceToken>(value).nonce)}};
}

Json ValueWriter::write(const ledger::WithdrawSignature& value) {
    if (const auto* note = std::get_if<ledger::NoteSignature>(&value)) return {{"Phoenix", write(note->signature)}};
    return {{"Moonlight", write(std::get<ledger::AccountSignature>(value).signature)}};
}

Json ValueWriter::write(const ledger::Withdraw& value) {
    return {{"contract", write(value.contract)},
            {"value", write(value.value)},
            {"receiver", write(value.receiver)},
            {"token", write(value.token)},
            {"signature", write(value.signature)}};
}

Json ValueWriter::write(const ledger::ContractToContract& value) {
    return {{"contract", write(value.contract)},
            {"value", write(value.value)},
            {"fn_name", value.fn_name},
            {"data", write(value.data)}};
}

Json ValueWriter::write(const ledger::ReceiveFromContract& value) {
    return {{"contract", write(value.contract)}, {"value", write(value.value)}, {"data", write(value.data)}};
}

Json ValueWriter::write(const ledger::ContractToAccount& value) {
    return {{"account", write(value.account)}, {"value", write(value.value)}};
}

Json ValueWriter::write(const ledger::SyncRange& value) { return Json::array({write(value.from), write(value.limit)}); }

Json ValueWriter::write(const ledger::AccountData& value) {
    return {{"nonce", write(value.nonce)}, {"balance", write(value.balance)}};
}

Json ValueWriter::write(const ledger::AccountEntry& value) {
    ByteArray<ledger::AccountKey::kArchivedSize> archive{};  // the raw form and zeros
    std::ranges::copy(value.key, archive.begin());
    const auto key = ledger::account_key(ledger::Unchecked<ledger::AccountKey>(archive));
    if (!key) refuse(kBadValue);
    return Json::array({write(value.data), key ? Json(key->to_base58()) : Json()});
}

Json ValueWriter::write(const ledger::AccountAmount& value) {
    return Json::array({write(value.account), write(value.value)});
}

Json ValueWriter::write(const ledger::ContractAmount& value) {
    return Json::array({write(value.contract), write(value.value)});
}

Json ValueWriter::write(const ledger::MoonlightTransactionEvent& value) {
    return {{"sender", write(value.sender)},       {"receiver", write(value.receiver)},
            {"value", write(value.value)},         {"memo", write(value.memo)},
            {"gas_spent", write(value.gas_spent)}, {"refund_info", write(value.refund_info)}};
}

Json ValueWriter::write(const ledger::PhoenixTransactionEvent& value) {
    return {{"nullifiers", write(value.nullifiers)},
            {"notes", write(value.notes)},
            {"memo", write(value.memo)},
            {"gas_spent", write(value.gas_spent)},
            {"refund_note", write(value.refund_note)}};
}

Json ValueWriter::write(const ledger::WithdrawEvent& value) {
    return {{"sender", write(value.sender)}, {"receiver", write(value.receiver)}, {"value", write(value.value)}};
}

Json ValueWriter::write(const ledger::ConvertEvent& value) {
    return {{"sender", write(value.sender)}, {"receiver", write(value.receiver)}, {"value", write(value.value)}};
}

Json ValueWriter::write(const ledger::DepositEvent& value) {
    return {{"sender", write(value.sender)}, {"receiver", write(value.receiver)}, {"value", write(value.value)}};
}

Json ValueWriter::write(const ledger::ContractToContractEvent& value) {
    return {{"sender", write(value.sender)}, {"receiver", write(value.receiver)}, {"value", write(value.value)}};
}

Json ValueWriter::write(const ledger::ContractToAccountEvent& value) {
    return {{"sender", write(value.sender)}, {"receiver", write(value.receiver)}, {"value", write(value.value)}};
}

Json ValueWriter::write(const ledger::StakeFundOwner& value) {
    if (const auto* account = std::get_if<ledger::AccountOwner>(&value)) return {{"Account", write(account->account)}};
    return {{"Contract", write(std::get<ledger::ContractOwner>(value).contract)}};
}

Json ValueWriter::write(const ledger::StakeKeys& value) {
    return {{"account", write(value.account)}, {"owner", write(value.owner)}};
}

Json ValueWriter::write(const ledger::StakeAmount& value) {
    return {{"value", write(value.value)}, {"locked", write(value.locked)}, {"eligibility", write(value.eligibility)}};
}

Json ValueWriter::write(const ledger::StakeData& value) {
    return {{"amount", write(value.amount)},
            {"reward", write(value.reward)},
            {"faults", value.faults},
            {"hard_faults", value.hard_faults}};
}

Json ValueWriter::write(const ledger::StakeEntry& value) { return Json::array({write(value.keys), write(value.data)}); }

Json ValueWriter::write(const ledger::StakeChange& value) {
    return Json::array({write(value.account), write(value.before)});
}

Json ValueWriter::write(const ledger::StakeConfig& value) {
    return {{"warnings", value.warnings}, {"minimum_stake", write(value.minimum_stake)}};
}

Json ValueWriter::write(const ledger::DoubleSignature& value) {
    return {{"account", write(value.account)}, {"owner", write(value.owner)}};
}

Json ValueWriter::write(const ledger::Stake& value) {
    return {{"chain_id", write(value.chain_id)},
            {"keys", write(value.keys)},
            {"value", write(value.value)},
            {"signature", write(value.signature)}};
}

Json ValueWriter::write(const ledger::StakeWithdraw& value) {
    return {
        {"account", write(value.account)}, {"withdraw", write(value.withdraw)}, {"signature", write(value.signature)}};
}

Json ValueWriter::write(const ledger::WithdrawToContract& value) {
    return {{"account", write(value.account)},
            {"value", write(value.value)},
            {"fn_name", value.fn_name},
            {"data", write(value.data)}};
}

Json ValueWriter::write(const ledger::Reward& value) {
    constexpr std::array<const char*, 4> kReasons{"GeneratorFixed", "GeneratorExtra", "Voter", "Other"};
    return {{"account", write(value.account)},
            {"value", write(value.value)},
            {"reason", kReasons.at(static_cast<std::size_t>(value.reason))}};
}

Json ValueWriter::write(const ledger::StakeEvent& value) {
    return {{"keys", write(value.keys)}, {"value", write(value.value)}, {"locked", write(value.locked)}};
}

Json ValueWriter::write(const ledger::SlashEvent& value) {
    return {{"account", write(value.account)},
            {"value", write(value.value)},
            {"next_eligibility", write(value.next_eligibility)}};
}

}  // namespace dusk::rpc
