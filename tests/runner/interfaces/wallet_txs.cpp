// wallet_txs.json: transactions as the released wallet makes them, byte for byte, and as nodes show them.
#include "base/archive.hpp"
#include "crypto/chacha_rng.hpp"
#include "ledger/transaction.hpp"
#include "ledger/transaction_json.hpp"
#include "report.hpp"
#include "wallet/contract_orders.hpp"
#include "wallet/profile.hpp"

namespace dusk::vectors {
namespace {

using ledger::Lux;
using ledger::TransactionData;
using wallet::derive_profile;
using wallet::Profile;

std::uint8_t index_of(const Node& node) {
    if (node.u64() > 255) node.complain("is not the index of a profile");
    return static_cast<std::uint8_t>(node.u64());
}

// One operation of a profile.
class Operation {
  public:
    explicit Operation(const Node& args)
        : args_(args), seed_(args["seed"].array<64>()), own_(derive_profile(seed_, index_of(args["profile"]))) {}

    [[nodiscard]] ledger::MoonlightPayload payload(const std::string& name, const Node& op) const {
        const crypto::BlsPublicKey sender = own_.bls.public_key();
        const bool pays = args_.has("receiver_profile");
        return {.chain_id = chain(),
                .sender = sender,
                .receiver = pays ? account(args_["receiver_profile"]) : sender,
                .value = pays ? value() : Lux{},
                .deposit = deposit(name),
                .fee = {{args_["gas_limit"].u64()}, {args_["gas_price"].u64()}, sender},
                .nonce = {args_["nonce"].u64()},
                .data = data(name, op)};
    }
    [[nodiscard]] const crypto::BlsSecretKey& key() const { return own_.bls; }

  private:
    [[nodiscard]] ledger::ChainId chain() const { return static_cast<ledger::ChainId>(args_["chain_id"].u64()); }
    [[nodiscard]] Lux value() const { return {args_["value"].u64()}; }
    [[nodiscard]] crypto::BlsPublicKey account(const Node& profile) const {
        return derive_profile(seed_, index_of(profile)).bls.public_key();
    }
    [[nodiscard]] Lux deposit(const std::string& name) const {
        if (name == "call") return {args_["deposit"].u64()};
        return name == "stake" || name == "shield" ? value() : Lux{};
    }
    [[nodiscard]] std::optional<TransactionData> data(const std::string& name, const Node& op) const {
        if (name == "transfer") return {};
        if (name == "transfer_memo") return ledger::Memo{args_["memo"].hex()};
        if (name == "call") {
            return ledger::ContractCall{{args_["contract"].array<32>()}, args_["fn"].text(), args_["args"].hex()};
        }
        if (name == "deploy") {
            return ledger::ContractDeploy::of(args_["bytecode"].hex(),
                                              to_vector(account(args_["owner_profile"]).to_bytes()),
                                              args_["init_args"].hex(), args_["deploy_nonce"].u64());
        }
        const wallet::StakeSigners signers{.account = own_.bls, .owner = own_.bls};
        if (name == "stake") return wallet::stake_call(chain(), value(), signers);
        crypto::ChaChaRng random(args_["rng_seed"].array<32>());
        const ledger::NonceToken token{{args_["nonce"].u64()}};
        const wallet::Payee to_account{.account = own_.bls};
        if (name == "unstake") return wallet::unstake_call(value(), signers, to_account, token, random);
        if (name == "claim_rewards") return wallet::reward_call(value(), signers, to_account, token, random);
        if (name != "shield") op.complain("is no operation that is known here");
        const wallet::Payee to_note{.account = own_.bls, .notes = &own_.phoenix};
        return wallet::convert_call(value(), to_note, token, random);
    }

    Node args_;
    crypto::WalletSeed seed_;
    Profile own_;
};

// A permit to pay a note shows the coordinates of points as they were computed; ours are affine. The points are the
// same: so is what its signature covers, and the signature. The rest is compared with the coordinates of the file.
void take_coordinates(const Node& c, ledger::MoonlightPayload& payload, Report& report) {
    const auto theirs = ledger::Transaction::decode(c["network_bytes"].hex(), ledger::TransactionFormat::aegis);
    auto* const call = std::get_if<ledger::ContractCall>(&*payload.data);
    if (!theirs || theirs->call() == nullptr || call == nullptr) c["network_bytes"].complain("is no call");
    const auto permit = archive_read<ledger::Withdraw>(theirs->call()->fn_args);
    const auto ours = archive_read<ledger::Withdraw>(call->fn_args);
    if (!permit || !ours) c["network_bytes"].complain("holds no permit");
    const auto message = permit->wrapped_signature_message();
    report.expect(message.has_value() && message == ours->wrapped_signature_message(), c["network_bytes"],
                  "another permit");
    call->fn_args = theirs->call()->fn_args;
}

void transaction(const Node& c, Report& report) {
    const Operation operation(c["args"]);
    auto payload = operation.payload(c["op"].text(), c["op"]);
    if (c["op"].text() == "shield") take_coordinates(c, payload, report);
    auto made = ledger::MoonlightTransaction::sign(std::move(payload), operation.key());
    if (!made) c.complain(ledger::to_string(made.error()));
    const ledger::Transaction transaction{*std::move(made)};
    report.expect_bytes(transaction.encode(ledger::TransactionFormat::aegis), c["network_bytes"]);
    report.expect_bytes(transaction.id().bytes, c["hash"]);
    report.expect_bytes(transaction.id().bytes, c["id"]);
    const Node json = c["json"];
    json.describe();
    report.expect(Json(ledger::transaction_json(transaction)) == json.json(), json, "is shown otherwise");
}

void contract_id(const Node& c, Report& report) {
    const auto id = ledger::deployed_contract_id(c["bytecode"].hex(), c["deploy_nonce"].u64(), c["owner"].hex());
    report.expect_bytes(id.bytes, c["id"]);
}

void wallet_txs(const Node& root, Report& report) {
    root["seed"].describe();
    root["crates"].describe();
    const Node all = root["wallet_txs"];
    report.run(all["contract_id"], [&] { contract_id(all["contract_id"], report); });
    for (const Node& c : all["transactions"].items()) report.run(c, [&] { transaction(c, report); });
}

const Registered registered{{"interfaces", "wallet_txs", {"crates", "seed", "wallet_txs"}, wallet_txs}};

}  // namespace
}  // namespace dusk::vectors
