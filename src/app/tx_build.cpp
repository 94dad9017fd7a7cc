#include "app/tx_build.hpp"

#include <fmt/core.h>

#include "app/contract_values.hpp"
#include "app/key_files.hpp"
#include "app/profile.hpp"
#include "app/public_files.hpp"
#include "app/tx_file.hpp"
#include "base/hex.hpp"
#include "execution/preverify.hpp"
#include "ledger/dusk_amount.hpp"
#include "ledger/network.hpp"

namespace dusk::app {
namespace {

using ledger::Lux;
using ledger::MoonlightPayload;

std::unexpected<Failure> usage(std::string message) {
    return fail(Failure{.exit = ExitCode::usage, .code = "usage", .message = std::move(message)});
}
std::unexpected<Failure> refused(std::string_view message) {
    return fail(Failure{.exit = ExitCode::bad_input, .code = "refused", .message = std::string(message)});
}

Result<crypto::BlsSecretKey, Failure> open_key(const SigningKey& key) {
    const auto content = read_key_file(key.file);
    if (!content) return fail(failure_of(content.error()));
    const KeyFileKind kind = kind_of(key.file, content->reveal());
    const bool is_wallet = kind == KeyFileKind::wallet || kind == KeyFileKind::wallet_dat;
    if (!is_wallet && kind != KeyFileKind::consensus_keys) {
        return refused(key.file.string() + ": no secret key is in this file");
    }
    const auto password = read_password(key.password, PasswordUse::open_existing, "Password for " + key.file.string());
    if (!password) return fail(failure_of(password.error()));
    if (is_wallet) {
        const auto wallet = open_wallet(key.file, content->reveal(), *password);
        if (!wallet) return fail(wallet.error());
        return derive_profile(wallet->seed(), key.profile).bls;
    }
    auto keys = crypto::open_consensus_keys(content->reveal(), password->reveal());
    if (!keys) return fail(failure_of(keys.error(), key.file));
    return std::move(keys->keys.secret_key);
}

Result<ledger::AccountKey, Failure> account(const std::string& text, const ledger::AccountKey& sender) {
    if (text.empty()) return sender;
    const auto key = ledger::AccountKey::from_base58(text);
    if (!key) return usage(fmt::format("\"{}\" is no public account", printable(text)));
    return *key;
}

Result<Lux, Failure> amount(const std::string& text) {
    const auto lux = ledger::parse_dusk(text);
    if (!lux) return usage(fmt::format("\"{}\": {}", printable(text), to_string(lux.error())));
    return *lux;
}

Result<Bytes, Failure> hex(const std::string& text) {
    const auto bytes = from_hex(text);
    if (!bytes) return usage(fmt::format("\"{}\" is not hexadecimal", printable(text)));
    return *bytes;
}

using Data = std::optional<ledger::TransactionData>;

Result<Data, Failure> call_data(const BuildCall& call) {
    const auto contract = parse_contract_id(call.contract);
    if (!contract) return usage(fmt::format("\"{}\" is no contract: 64 hexadecimal digits", printable(call.contract)));
    auto arguments = hex(call.arguments);
    if (!arguments) return fail(arguments.error());
    return Data(ledger::ContractCall{{*contract}, call.function, *std::move(arguments)});
}

Result<Data, Failure> deploy_data(const BuildDeploy& deploy, const ledger::AccountKey& sender) {
    auto bytecode = read_public_file(deploy.bytecode);
    if (!bytecode) return fail(bytecode.error());
    auto owner = deploy.owner.empty() ? Result<Bytes, Failure>(to_vector(sender.to_bytes())) : hex(deploy.owner);
    if (!owner) return fail(owner.error());
    std::optional<Bytes> init;
    if (deploy.init) {
        auto bytes = hex(*deploy.init);
        if (!bytes) return fail(bytes.error());
        init = *std::move(bytes);
    }
    return Data(ledger::ContractDeploy::of(*std::move(bytecode), *std::move(owner), std::move(init), deploy.nonce));
}

Result<Data, Failure> data_of(const BuildTx& command, const ledger::AccountKey& sender) {
    if (command.call.has_value() + command.deploy.has_value() + command.memo.has_value() > 1) {
        return usage("a transaction has a call, a deployment or a memo, not several of them");
    }
    if (command.call) return call_data(*command.call);
    if (command.deploy) return deploy_data(*command.deploy, sender);
    if (command.memo) return Data(ledger::Memo{to_vector(as_bytes(*command.memo))});
    return Data();
}

Result<MoonlightPayload, Failure> payload_of(const BuildTx& command, const ledger::AccountKey& sender) {
    const ledger::Network* network = ledger::network_named(command.network);
    if (network == nullptr) return usage(fmt::format("there is no network \"{}\"", printable(command.network)));
    const unsigned chain = command.chain_id.value_or(static_cast<unsigned>(network->chain_id));
    if (chain > 255) return usage("chain ids have one byte");
    const auto receiver = account(command.receiver, sender);
    if (!receiver) return fail(receiver.error());
    const auto refund = account(command.refund, sender);
    if (!refund) return fail(refund.error());
    const auto value = amount(command.value);
    if (!value) return fail(value.error());
    const auto deposit = amount(command.deposit);
    if (!deposit) return fail(deposit.error());
    auto data = data_of(command, sender);
    if (!data) return fail(data.error());
    return MoonlightPayload{.chain_id = static_cast<ledger::ChainId>(chain),
                            .sender = sender,
                            .receiver = *receiver,
                            .value = *value,
                            .deposit = *deposit,
                            .fee = {{command.gas_limit}, {command.gas_price}, *refund},
                            .nonce = {command.nonce},
                            .data = *std::move(data)};
}

}  // namespace

CommandResult build_tx(const BuildTx& command) {
    if (const auto free = require_free(command.out, command.overwrite); !free) return fail(free.error());
    const auto key = open_key(command.key);
    if (!key) return fail(key.error());
    auto payload = payload_of(command, key->public_key());
    if (!payload) return fail(payload.error());
    auto signed_transaction = ledger::MoonlightTransaction::sign(*std::move(payload), *key);
    if (!signed_transaction) return refused(to_string(signed_transaction.error()));
    const auto format = command.aegis ? ledger::TransactionFormat::aegis : ledger::TransactionFormat::boreas;
    const ledger::DecodedTransaction made{{*std::move(signed_transaction)}, format};
    if (const auto checked = execution::check_for_pool(made.transaction); !checked) {
        return refused(to_string(checked.error()));
    }
    const Bytes bytes = made.transaction.encode(format);
    if (const auto written = write_public_file(command.out, bytes, command.overwrite); !written) {
        return fail(written.error());
    }
    Outcome outcome{.text = fmt::format("Wrote {}\n\n{}", command.out.string(), transaction_text(made)),
                    .json = transaction_report(made)};
    outcome.json["file"] = command.out.string();
    return outcome;
}

}  // namespace dusk::app
