// encodings.json: what the genesis contracts hold, take and report.
#include <functional>

#include "archive_case.hpp"
#include "ledger/stake_contract.hpp"
#include "ledger/transfer_events.hpp"
#include "vm/queries/query_arguments.hpp"

namespace dusk::vectors {
namespace {

using namespace ledger;
using crypto::BlsPublicKey;
using crypto::BlsSignature;
using crypto::Fq;
using crypto::JubJubAffine;
using crypto::JubJubExtended;
using phoenix::Note;
using phoenix::Sender;
using phoenix::StealthAddress;

// Fields by the names of the file. A type without any has none there.
template <class T>
Marks marks_of(const T& /*value*/) {
    return {};
}
Marks marks_of(const BlsPublicKey& key) { return {{"x.c0..y.c1", to_vector(ByteView(key.to_raw_bytes()).first(192))}}; }
Marks marks_of(const Unchecked<JubJubAffine>& point) {
    const JubJubAffine checked = point.checked().value();
    return {mark("u", checked.u()), mark("v", checked.v())};
}
Marks marks_of(const Unchecked<JubJubExtended>& point) {
    const JubJubExtended checked = point.checked().value();
    return {mark("u, t1", checked.u()), mark("v, t2", checked.v()), mark("z", checked.z())};
}
Marks marks_of(const StealthAddress& address) {
    return {mark("R", Unchecked(address.r())), mark("note_pk", Unchecked(address.note_pk()))};
}
Marks marks_of(const AccountData& data) { return {mark("nonce", data.nonce), mark("balance", data.balance)}; }
Marks marks_of(const AccountEntry& entry) {
    Marks out = marks_of(entry.data);
    out.push_back(mark("key", entry.key));
    return out;
}
Marks marks_of(const AccountAmount& amount) { return {mark("pk", amount.account), mark("u64", amount.value)}; }
Marks marks_of(const ContractAmount& amount) { return {mark("id", amount.contract), mark("u64", amount.value)}; }
Marks marks_of(const SyncRange& range) { return {mark("0", range.from), mark("1", range.limit)}; }
Marks marks_of(const NoteAtHeight& pushed) { return {mark("height", pushed.height), mark("note", pushed.note)}; }
Marks marks_of(const Slash& slash) {
    Marks out{mark("pk", slash.account)};
    if (slash.value) out.push_back(mark("value", *slash.value));
    return out;
}
Marks marks_of(const HardSlash& slash) {
    return {mark("pk", slash.account), mark("value", slash.value.value_or(Lux{})),
            mark("severity", slash.severity.value_or(0))};
}
Marks marks_of(const StakeAmount& amount) {
    return {mark("value", amount.value), mark("locked", amount.locked), mark("eligibility", amount.eligibility)};
}
Marks marks_of(const StakeData& data) {
    Marks out = marks_of(data.amount.value_or(StakeAmount{}));
    out.push_back(mark("reward", data.reward));
    out.push_back(mark("faults", data.faults));
    out.push_back(mark("hard_faults", data.hard_faults));
    return out;
}
Marks marks_of(const StakeFundOwner& owner) {
    if (const auto* account = std::get_if<AccountOwner>(&owner)) {
        return {mark("key", account->account), mark("owner.key", account->account)};
    }
    const ContractId& contract = std::get<ContractOwner>(owner).contract;
    return {mark("id", contract), mark("owner.id", contract)};
}
Marks marks_of(const StakeKeys& keys) {
    Marks out = marks_of(keys.owner);
    out.push_back(mark("account", keys.account));
    return out;
}
Marks marks_of(const StakeEntry& entry) {
    Marks out = marks_of(entry.data);
    out.push_back(mark("account", entry.keys.account));
    return out;
}
Marks marks_of(const StakeChange& change) {
    Marks out = marks_of(change.before.value_or(StakeData{}));
    out.push_back(mark("pk", change.account));
    return out;
}
Marks marks_of(const StakeConfig& config) {
    return {mark("warnings", config.warnings), mark("minimum_stake", config.minimum_stake)};
}
Marks marks_of(const DoubleSignature& signature) {
    return {mark("account", signature.account), mark("owner", signature.owner)};
}
Marks marks_of(const Stake& stake) {
    return {mark("chain_id", stake.chain_id), mark("value", stake.value), mark("keys", stake.keys),
            mark("signature", stake.signature)};
}
Marks marks_of(const StakeEvent& event) {
    return {mark("keys", event.keys), mark("value", event.value), mark("locked", event.locked)};
}
Marks marks_of(const SlashEvent& event) {
    return {mark("account", event.account), mark("value", event.value),
            mark("next_eligibility", event.next_eligibility)};
}
Marks marks_of(const Reward& reward) { return {mark("account", reward.account), mark("value", reward.value)}; }
Marks marks_of(const WithdrawToContract& withdraw) {
    return {mark("account", withdraw.account), mark("value", withdraw.value)};
}
Marks marks_of(const WithdrawReceiver& receiver) {
    if (const auto* note = std::get_if<ToNote>(&receiver)) {
        return {mark("address", note->address), mark("receiver.phoenix", note->address)};
    }
    const auto& account = std::get<ToAccount>(receiver).account;
    return {mark("key", account), mark("receiver.moonlight", account)};
}
Marks marks_of(const WithdrawReplayToken& token) {
    const auto* nonce = std::get_if<NonceToken>(&token);
    if (nonce == nullptr) return {};
    return {mark("nonce", nonce->nonce), mark("token.nonce", nonce->nonce)};
}
Marks marks_of(const Withdraw& withdraw) {
    Marks out = marks_of(withdraw.receiver);
    for (Mark& token : marks_of(withdraw.token)) out.push_back(std::move(token));
    out.push_back(mark("contract", withdraw.contract));
    out.push_back(mark("value", withdraw.value));
    std::visit([&](const auto& by) { out.push_back(mark("signature", by.signature)); }, withdraw.signature);
    return out;
}
Marks marks_of(const StakeWithdraw& withdraw) {
    return {mark("account", withdraw.account), mark("value", withdraw.withdraw.value),
            mark("signature", withdraw.signature)};
}
Marks marks_of(const ContractToContract& transfer) {
    return {mark("contract", transfer.contract),
            mark("value", transfer.value),
            {"fn_name", to_vector(as_bytes(transfer.fn_name))}};
}
Marks marks_of(const ReceiveFromContract& receive) {
    return {mark("contract", receive.contract), mark("value", receive.value)};
}
Marks marks_of(const ContractToAccount& transfer) {
    return {mark("account", transfer.account), mark("value", transfer.value)};
}
template <class Event>
Marks marks_of_payment(const Event& event) {
    return {mark("receiver", event.receiver), mark("value", event.value)};
}
Marks marks_of(const WithdrawEvent& event) {
    Marks out = marks_of_payment(event);
    out.push_back(mark("sender", event.sender));
    return out;
}
Marks marks_of(const ContractToContractEvent& event) {
    Marks out = marks_of_payment(event);
    out.push_back(mark("sender", event.sender));
    return out;
}
Marks marks_of(const ContractToAccountEvent& event) {
    Marks out = marks_of_payment(event);
    out.push_back(mark("sender", event.sender));
    return out;
}
Marks marks_of(const ConvertEvent& event) {
    Marks out = marks_of_payment(event);
    if (event.sender) out.push_back(mark("sender", *event.sender));
    return out;
}
Marks marks_of(const DepositEvent& event) {
    Marks out = marks_of_payment(event);
    if (event.sender) out.push_back(mark("sender", *event.sender));
    return out;
}
Marks marks_of(const MoonlightTransactionEvent& event) {
    Marks out{mark("sender", event.sender), mark("value", event.value), mark("gas_spent", event.gas_spent)};
    if (event.receiver) out.push_back(mark("receiver", *event.receiver));
    if (event.refund_info) {
        out.push_back(mark("refund.pk", event.refund_info->account));
        out.push_back(mark("refund.value", event.refund_info->value));
    }
    return out;
}
Marks marks_of(const PhoenixTransactionEvent& event) {
    Marks out{mark("gas_spent", event.gas_spent),
              mark("nullifiers.len", static_cast<std::uint32_t>(event.nullifiers.size())),
              mark("memo.len", static_cast<std::uint32_t>(event.memo.size()))};
    if (event.refund_note) out.push_back(mark("refund_note", *event.refund_note));
    return out;
}
Marks marks_of(const Sender& sender) {
    if (sender.contract_info() == nullptr) return {};
    return {mark("info", sender.contract_info()->bytes)};
}
Marks marks_of(const Note& note) {
    return {mark("note_type", static_cast<std::uint8_t>(note.type())),
            mark("value_commitment", Unchecked(note.value_commitment())),
            mark("stealth_address", note.stealth_address()),
            mark("pos", note.pos()),
            mark("value_enc", note.value_enc()),
            mark("sender", note.sender())};
}
Marks marks_of(const phoenix::NoteLeaf& leaf) {
    return {mark("block_height", leaf.block_height), mark("note", leaf.note)};
}
Marks marks_of(const crypto::NoteOpening& opening) { return {mark("root", opening.root)}; }
Marks marks_of(const vm::BlsStatement& statement) {
    return {mark("pk", statement.key), mark("sig", statement.signature)};
}
template <class T>
Marks marks_of(const std::optional<T>& value) {
    if (!value) return {};
    Marks out = marks_of(*value);
    out.push_back(mark("note", *value));
    return out;
}

using Case = void (*)(const Node& c, const Node& keys, Report& report);

// A type that stands in archives only.
template <class T>
void archived(const Node& c, const Node& /*keys*/, Report& report) {
    const T value = read_archive<T>(c);
    check_archive(c, value, marks_of(value), report);
}
// A type whose other encoding is written from what the archive holds, and back.
template <class T>
void encoded(const Node& c, const Node& /*keys*/, Report& report) {
    const T value = read_archive<T>(c);
    check_archive(c, value, marks_of(value), report);
    report.expect_bytes(value.to_bytes(), c["wire"]);
    report.expect(required(T::from_bytes(c["wire"].hex()), c["wire"]) == value, c["wire"], "decodes otherwise");
}
template <class T>
void encoded_unchecked(const Node& c, const Node& /*keys*/, Report& report) {
    const auto value = read_archive<Unchecked<T>>(c);
    check_archive(c, value, marks_of(value), report);
    if (!c.has("wire")) return;
    report.expect_bytes(required(value.checked(), c["rkyv"]).to_bytes(), c["wire"]);
}

void affine_point(const Node& c, const Node& /*keys*/, Report& report) {
    const auto value = read_archive<Unchecked<JubJubAffine>>(c);
    check_archive(c, value, marks_of(value), report);
    report.expect_bytes(required(value.checked(), c["rkyv"]).to_bytes(), c["wire"]);
    const auto decoded = required(JubJubAffine::from_bytes_strict(c["wire"].hex()), c["wire"]);
    report.expect(Unchecked(decoded) == value, c["wire"], "decodes otherwise");
}

void stake(const Node& c, const Node& /*keys*/, Report& report) {
    const Stake value = read_archive<Stake>(c);
    check_archive(c, value, marks_of(value), report);
    const auto message = value.signature_message();
    report.expect_bytes(message, c["signature_message"]);
    const auto account_signature_point = required(account_signature(value.signature.account), c["rkyv"]);
    const auto account = required(account_key(value.keys.account), c["rkyv"]);
    report.expect(account.verify(account_signature_point, message).has_value(), c["rkyv"], "is not signed");
    if (c.has("signature_account")) report.expect_bytes(account_signature_point.to_bytes(), c["signature_account"]);
    if (c.has("signature_owner")) {
        const auto owner_signature = required(account_signature(value.signature.owner), c["rkyv"]);
        report.expect_bytes(owner_signature.to_bytes(), c["signature_owner"]);
        const auto owner = required(account_key(std::get<AccountOwner>(value.keys.owner).account), c["rkyv"]);
        report.expect(owner.verify(owner_signature, message).has_value(), c["rkyv"], "is not signed by its owner");
    }
}

void withdraw(const Node& c, const Node& /*keys*/, Report& report) {
    const Withdraw value = read_archive<Withdraw>(c);
    check_archive(c, value, marks_of(value), report);
    report.expect(value.is_signed_by_receiver(), c["rkyv"], "is not signed");
    const auto message = value.signature_message();
    const auto wrapped = value.wrapped_signature_message();
    if (!message || !wrapped) c.complain("has no message");
    if (c.has("signature_message")) report.expect_bytes(*message, c["signature_message"]);
    if (c.has("wrapped_signature_message")) report.expect_bytes(*wrapped, c["wrapped_signature_message"]);
    if (c.has("signature_message_hash")) {
        report.expect_bytes(Fq::hash_to_scalar(*message).to_bytes(), c["signature_message_hash"]);
    }
}

void stake_withdraw(const Node& c, const Node& /*keys*/, Report& report) {
    const StakeWithdraw value = read_archive<StakeWithdraw>(c);
    check_archive(c, value, marks_of(value), report);
    const auto message = value.signature_message();
    if (!message) c.complain("has no message");
    report.expect_bytes(*message, c["signature_message"]);
    const auto account = required(account_key(value.account), c["rkyv"]);
    const auto signature = required(account_signature(value.signature.account), c["rkyv"]);
    report.expect(account.verify(signature, *message).has_value(), c["rkyv"], "is not signed");
}

void note(const Node& c, const Node& keys, Report& report) {
    encoded<Note>(c, keys, report);
    const Note value = read_archive<Note>(c);
    report.expect_bytes(value.hash().to_bytes(), c["hash"]);
    const auto inputs = value.hash_inputs();
    const auto expected = c["hash_inputs"].items();
    report.expect(inputs.size() == expected.size(), c["hash_inputs"], "another number");
    for (std::size_t i = 0; i < std::min(inputs.size(), expected.size()); ++i) {
        report.expect_bytes(inputs[i].to_bytes(), expected[i]);
    }
    const auto owners = keys["phoenix"].items();
    report.expect_bytes(value.nullifier(secret_key(owners.at(0)["sk"])).to_bytes(), c["nullifier_with_key_0"]);
    report.expect_bytes(value.nullifier(secret_key(owners.at(1)["sk"])).to_bytes(), c["nullifier_with_key_1"]);
    const phoenix::ViewKey view_key = secret_key(owners.at(1)["sk"]).view_key();
    const auto opened = value.value(&view_key);
    report.expect(opened.has_value() != c["value"].is_null(), c["value"], "another verdict");
    if (opened) report.expect(*opened == c["value"].u64(), c["value"], "another value");
}

void opening(const Node& c, const Node& keys, Report& report) {
    archived<crypto::NoteOpening>(c, keys, report);
    const auto value = read_archive<crypto::NoteOpening>(c);
    report.expect_bytes(value.root.to_bytes(), c["root"]);
    // The path says which leaf it is of.
    const Fq leaf = value.branch.back()[value.positions.back()];
    report.expect(value.verify(leaf) == true, c["rkyv"], "does not lead to its root");
}

struct NamedCase {
    std::string_view name;
    Case check;
};
constexpr std::array kCases{
    NamedCase{"bls::PublicKey", encoded<BlsPublicKey>},
    NamedCase{"bls::Signature", encoded<BlsSignature>},
    NamedCase{"ContractId", archived<ContractId>},
    NamedCase{"u64", archived<std::uint64_t>},
    NamedCase{"BlsScalar", encoded<Fq>},
    NamedCase{"Vec<BlsScalar>", archived<std::vector<Fq>>},
    NamedCase{"AccountData", archived<AccountData>},
    NamedCase{"(AccountData, [u8;193])", archived<AccountEntry>},
    NamedCase{"(PublicKey, u64)", archived<AccountAmount>},
    NamedCase{"(ContractId, u64)", archived<ContractAmount>},
    NamedCase{"(u64, u64)", archived<SyncRange>},
    NamedCase{"(u64, Note)", archived<NoteAtHeight>},
    NamedCase{"(PublicKey, Option<u64>)", archived<Slash>},
    NamedCase{"(PublicKey, Option<u64>, Option<u8>)", archived<HardSlash>},
    NamedCase{"(Vec<u8>, PublicKey, Signature)", archived<vm::BlsStatement>},
    NamedCase{"StakeAmount", archived<StakeAmount>},
    NamedCase{"StakeData", archived<StakeData>},
    NamedCase{"Option<StakeData>", archived<std::optional<StakeData>>},
    NamedCase{"StakeKeys", archived<StakeKeys>},
    NamedCase{"Option<StakeKeys>", archived<std::optional<StakeKeys>>},
    NamedCase{"StakeFundOwner::Account", archived<StakeFundOwner>},
    NamedCase{"StakeFundOwner::Contract", archived<StakeFundOwner>},
    NamedCase{"(StakeKeys, StakeData)", archived<StakeEntry>},
    NamedCase{"(PublicKey, Option<StakeData>)", archived<StakeChange>},
    NamedCase{"StakeConfig", archived<StakeConfig>},
    NamedCase{"Stake", stake},
    NamedCase{"DoubleSignature", archived<DoubleSignature>},
    NamedCase{"StakeEvent", archived<StakeEvent>},
    NamedCase{"SlashEvent", archived<SlashEvent>},
    NamedCase{"Reward", archived<Reward>},
    NamedCase{"Vec<Reward>", archived<std::vector<Reward>>},
    NamedCase{"WithdrawToContract", archived<WithdrawToContract>},
    NamedCase{"stake::Withdraw", stake_withdraw},
    NamedCase{"StealthAddress", encoded<StealthAddress>},
    NamedCase{"JubJubExtended", encoded_unchecked<JubJubExtended>},
    NamedCase{"JubJubAffine", affine_point},
    NamedCase{"schnorr::PublicKey", encoded_unchecked<crypto::schnorr::PublicKey>},
    NamedCase{"Withdraw", withdraw},
    NamedCase{"WithdrawReceiver::Phoenix", archived<WithdrawReceiver>},
    NamedCase{"WithdrawReceiver::Moonlight", archived<WithdrawReceiver>},
    NamedCase{"WithdrawReplayToken::Phoenix", archived<WithdrawReplayToken>},
    NamedCase{"WithdrawReplayToken::Moonlight", archived<WithdrawReplayToken>},
    NamedCase{"WithdrawSignature::Phoenix", archived<WithdrawSignature>},
    NamedCase{"WithdrawSignature::Moonlight", archived<WithdrawSignature>},
    NamedCase{"ContractToContract", archived<ContractToContract>},
    NamedCase{"ReceiveFromContract", archived<ReceiveFromContract>},
    NamedCase{"ContractToAccount", archived<ContractToAccount>},
    NamedCase{"WithdrawEvent", archived<WithdrawEvent>},
    NamedCase{"ConvertEvent", archived<ConvertEvent>},
    NamedCase{"DepositEvent", archived<DepositEvent>},
    NamedCase{"ContractToContractEvent", archived<ContractToContractEvent>},
    NamedCase{"ContractToAccountEvent", archived<ContractToAccountEvent>},
    NamedCase{"MoonlightTransactionEvent", archived<MoonlightTransactionEvent>},
    NamedCase{"PhoenixTransactionEvent", archived<PhoenixTransactionEvent>},
    NamedCase{"Note", note},
    NamedCase{"Option<Note>", archived<std::optional<Note>>},
    NamedCase{"Sender::Encryption", encoded<Sender>},
    NamedCase{"Sender::ContractInfo", encoded<Sender>},
    NamedCase{"NoteLeaf", archived<phoenix::NoteLeaf>},
    NamedCase{"NoteOpening", opening},
    NamedCase{"Option<NoteOpening>", archived<std::optional<crypto::NoteOpening>>},
};

}  // namespace

// A name may be followed by what is special about the sample.
void check_contract_type(const Node& c, const Node& keys, Report& report) {
    const std::string name = c["name"].text();
    const NamedCase* found = nullptr;
    for (const NamedCase& known : kCases) {
        const bool fits =
            name.starts_with(known.name) && (name.size() == known.name.size() || name[known.name.size()] == ' ');
        if (fits && (found == nullptr || known.name.size() > found->name.size())) found = &known;
    }
    if (found == nullptr) c["name"].complain("no such type is known");
    found->check(c, keys, report);
}

}  // namespace dusk::vectors
