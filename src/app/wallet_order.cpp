#include "app/wallet_order.hpp"

#include <algorithm>
#include <array>

#include "app/tx_data.hpp"
#include "base/hex.hpp"
#include "execution/blob_proof.hpp"
#include "wallet/json_fields.hpp"

namespace dusk::app {
namespace {

using wallet::hex_at;
using wallet::Json;
using wallet::list_at;
using wallet::number_at;
using wallet::text_at;

constexpr wallet::FileForm kForm{.format = "dusk-order", .version = 1, .most_bytes = kLargestOrder};
constexpr std::array<std::string_view, 10> kActions{"send",  "shield", "unshield", "stake", "unstake",
                                                    "claim", "call",   "deploy",   "blob",  "cancel"};

using Action = BuildStake::Action;
using PaidTo = BuildStake::PaidTo;

std::string_view name_of(Action action) {
    return action == Action::stake ? "stake" : action == Action::unstake ? "unstake" : "withdraw";
}
std::string_view name_of(PaidTo place) {
    return place == PaidTo::payer ? "payer" : place == PaidTo::account ? "account" : "notes";
}

struct KindWriter {
    Json operator()(const std::monostate& /*transfer*/) const { return {{"name", "transfer"}}; }
    Json operator()(const BuildMemo& memo) const { return {{"name", "memo"}, {"memo", memo.text}}; }
    Json operator()(const BuildCall& call) const {
        return {{"name", "call"},
                {"contract", call.contract},
                {"function", call.function},
                {"arguments", call.arguments},
                {"deposit", call.deposit}};
    }
    Json operator()(const BuildDeploy& deploy) const {
        Json out{{"name", "deploy"}, {"bytecode", to_hex(deploy.content.value_or(Bytes()))}, {"owner", deploy.owner}};
        if (deploy.init) out["init"] = *deploy.init;
        out["nonce"] = deploy.nonce;
        return out;
    }
    Json operator()(const BuildBlobs& blobs) const {
        Json list = Json::array();
        for (const ledger::Blob& blob : blobs.made.value_or(ledger::Blobs()).blobs) {
            const ledger::BlobSidecar sidecar = blob.sidecar.value_or(ledger::BlobSidecar());
            list.push_back({{"commitment", to_hex(sidecar.commitment)},
                            {"proof", to_hex(sidecar.proof)},
                            {"content", to_hex(sidecar.content.bytes())}});
        }
        return {{"name", "blobs"}, {"blobs", std::move(list)}};
    }
    Json operator()(const BuildStake& stake) const {
        return {{"name", name_of(stake.action)}, {"amount", stake.amount}, {"paid_to", name_of(stake.paid_to)}};
    }
    Json operator()(const BuildConvert& convert) const { return {{"name", "convert"}, {"amount", convert.amount}}; }
};

std::optional<BuildKind> read_stake(const Json& json, Action action) {
    const auto amount = text_at(json, "amount");
    const std::string place = text_at(json, "paid_to").value_or("payer");
    for (const PaidTo one : {PaidTo::payer, PaidTo::account, PaidTo::notes}) {
        if (amount && place == name_of(one)) return BuildStake{.action = action, .amount = *amount, .paid_to = one};
    }
    return {};
}

std::optional<BuildKind> read_deploy(const Json& json) {
    auto bytecode = hex_at(json, "bytecode");
    const auto owner = text_at(json, "owner");
    if (!bytecode || !owner) return {};
    return BuildDeploy{.bytecode = {},
                       .content = *std::move(bytecode),
                       .owner = *owner,
                       .init = text_at(json, "init"),
                       .nonce = number_at(json, "nonce").value_or(0)};
}

// That they belong to their proofs as well.
std::optional<BuildKind> read_blobs(const Json& json) {
    const Json* const list = list_at(json, "blobs");
    if (list == nullptr || list->empty()) return {};
    ledger::Blobs out;
    for (const Json& one : *list) {
        const auto commitment = hex_at(one, "commitment");
        const auto proof = hex_at(one, "proof");
        const auto content = hex_at(one, "content");
        if (!commitment || commitment->size() != 48 || !proof || proof->size() != 48 || !content ||
            content->size() != ledger::BlobContent::kSize) {
            return {};
        }
        ledger::Blob blob{.hash = ledger::versioned_hash(take<48>(*commitment)),
                          .sidecar = ledger::BlobSidecar{.commitment = take<48>(*commitment),
                                                         .proof = take<48>(*proof),
                                                         .content = ledger::BlobContent::copy_of(*content)}};
        if (!execution::check_blob(blob)) return {};
        out.blobs.push_back(std::move(blob));
    }
    return BuildBlobs{.contents = {}, .setup = {}, .made = std::move(out)};
}

std::optional<BuildKind> read_kind(const Json& json) {
    const auto text = [&](const char* name) { return text_at(json, name).value_or(""); };
    const std::string name = text("name");
    if (name == "transfer") return BuildKind();
    if (name == "memo") return BuildMemo{.text = text("memo")};
    if (name == "call") {
        return BuildCall{.contract = text("contract"),
                         .function = text("function"),
                         .arguments = text("arguments"),
                         .deposit = text_at(json, "deposit").value_or("0")};
    }
    if (name == "deploy") return read_deploy(json);
    if (name == "blobs") return read_blobs(json);
    if (name == "convert") return BuildConvert{.amount = text("amount")};
    for (const Action action : {Action::stake, Action::unstake, Action::withdraw}) {
        if (name == name_of(action)) return read_stake(json, action);
    }
    return {};
}

// Who pays: a nonce, or notes. The error says which member is wrong.
Result<void, std::string> read_payment(const Json& json, BuildTx& tx) {
    if (const auto nonce = number_at(json, "nonce")) {
        tx.nonce = *nonce;
        return {};
    }
    const auto notes = json.find("notes");
    if (notes == json.end()) return fail(std::string("nonce or notes are missing"));
    const std::string text = notes->dump(-1, ' ', false, Json::error_handler_t::replace);
    auto content = wallet::read_notes_file(as_bytes(text));
    if (!content) return fail("notes: " + content.error());
    tx.notes = BuildFromNotes{.file = {}, .content = *std::move(content)};
    if (const Json* const positions = list_at(json, "positions")) {
        for (const Json& one : *positions) {
            if (!one.is_number_unsigned()) return fail(std::string("positions are no numbers"));
            tx.notes->positions.push_back(one.get<std::uint64_t>());
        }
    }
    tx.notes->transparent = wallet::truth_at(json, "transparent").value_or(false);
    return {};
}

}  // namespace

Result<ledger::Lux, Failure> moved_by(const WalletOrder& order) {
    if (const auto* stake = std::get_if<BuildStake>(&order.tx.kind)) return parse_amount(stake->amount);
    const auto value = parse_amount(order.tx.value);
    if (!value || *value > ledger::Lux{}) return value;
    return deposit_of(order.tx);
}

std::string write_order(const WalletOrder& order) {
    const BuildTx& tx = order.tx;
    Json json = begin_file(kForm);
    json["action"] = order.action;
    json["account"] = order.account;
    json["profile"] = order.profile;
    json["network"] = tx.network;
    if (tx.chain_id) json["chain_id"] = *tx.chain_id;
    json["to"] = tx.receiver;
    json["value"] = tx.value;
    json["gas_limit"] = tx.gas_limit;
    json["gas_price"] = tx.gas_price;
    if (tx.nonce) json["nonce"] = *tx.nonce;
    if (tx.notes && tx.notes->content) {
        json["notes"] = Json::parse(wallet::write_notes_file(*tx.notes->content));
        json["positions"] = tx.notes->positions;
        json["transparent"] = tx.notes->transparent;
    }
    json["kind"] = std::visit(KindWriter(), tx.kind);
    return wallet::file_text(std::move(json), kForm);
}

Result<WalletOrder, std::string> read_order(ByteView text) {
    const auto json = wallet::parse_file(text, kForm);
    if (!json) return fail(json.error());
    WalletOrder out{.action = text_at(*json, "action").value_or(""), .account = text_at(*json, "account").value_or("")};
    if (std::ranges::find(kActions, out.action) == kActions.end()) return fail(std::string("the action is not known"));
    const auto profile = number_at(*json, "profile");
    if (!profile || *profile > 255) return fail(std::string("profile is missing or wrong"));
    out.profile = static_cast<std::uint8_t>(*profile);
    BuildTx& tx = out.tx;
    tx.network = text_at(*json, "network").value_or("");
    if (const auto chain = number_at(*json, "chain_id")) {
        if (*chain > 255) return fail(std::string("chain_id has one byte"));
        tx.chain_id = static_cast<unsigned>(*chain);
    }
    tx.receiver = text_at(*json, "to").value_or("");
    tx.value = text_at(*json, "value").value_or("0");
    const auto limit = number_at(*json, "gas_limit");
    const auto price = number_at(*json, "gas_price");
    if (!limit || !price) return fail(std::string("gas_limit or gas_price is missing"));
    tx.gas_limit = *limit;
    tx.gas_price = *price;
    if (auto payment = read_payment(*json, tx); !payment) return fail(payment.error());
    const auto kind = json->find("kind");
    auto read = kind == json->end() ? std::nullopt : read_kind(*kind);
    if (!read) return fail(std::string("kind is missing or not known"));
    tx.kind = *std::move(read);
    return out;
}

}  // namespace dusk::app
