#include "app/tx_data.hpp"

#include <fmt/core.h>

#include "app/contract_values.hpp"
#include "app/public_files.hpp"
#include "base/hex.hpp"
#include "execution/blob_maker.hpp"
#include "ledger/dusk_amount.hpp"
#include "ledger/network.hpp"
#include "wallet/contract_orders.hpp"

namespace dusk::app {
namespace {

using ledger::ContractCall;
using ledger::Lux;
using ledger::WithdrawReplayToken;
using Data = std::optional<ledger::TransactionData>;

Result<Bytes, Failure> hex(const std::string& text) {
    const auto bytes = from_hex(text);
    if (!bytes) return usage(fmt::format("\"{}\" is not hexadecimal", printable(text)));
    return *bytes;
}

// Whom what is taken out pays, of the keys that pay for the transaction.
Result<wallet::Payee, Failure> payee_of(const OpenedKeys& payer, bool to_note) {
    if (!to_note) return wallet::Payee{.account = payer.account};
    if (!payer.notes) return usage("only a wallet has an address for notes; --key is a provisioner's");
    return wallet::Payee{.account = payer.account, .notes = &*payer.notes};
}

Failure bad_blob(const std::filesystem::path& path, std::string_view what) {
    return {.exit = ExitCode::bad_input, .code = "bad_blob", .message = fmt::format("{}: {}", path.string(), what)};
}

Result<execution::BlobSetup, Failure> read_setup(const std::filesystem::path& path, Executor& executor) {
    const auto text = read_public_file(path);
    if (!text) return fail(text.error());
    auto setup = execution::BlobSetup::read({reinterpret_cast<const char*>(text->data()), text->size()}, executor);
    if (!setup) return fail(bad_blob(path, to_string(setup.error())));
    return *std::move(setup);
}

Result<ledger::Blob, Failure> make_blob(const std::filesystem::path& path, const execution::BlobSetup& setup,
                                        Executor& executor) {
    const auto content = read_public_file(path);
    if (!content) return fail(content.error());
    if (content->size() != ledger::BlobContent::kSize) {
        return fail(bad_blob(path, fmt::format("a blob has {} bytes", ledger::BlobContent::kSize)));
    }
    auto blob = setup.make(ledger::BlobContent::copy_of(*content), executor);
    if (!blob) return fail(bad_blob(path, to_string(blob.error())));
    // A proof that does not hold is one of another setup.
    if (!execution::check_blob(*blob)) {
        return fail(bad_blob(path, "the trusted setup is not that of Ethereum's ceremony"));
    }
    return *std::move(blob);
}

// The members of a command's kind become data.
class DataMaker {
  public:
    DataMaker(const BuildTx& command, const OpenedKeys& payer, const WithdrawReplayToken& token, RandomSource& random,
              Executor& executor)
        : command_(&command), payer_(&payer), token_(&token), random_(&random), executor_(&executor) {}

    Result<Data, Failure> operator()(const std::monostate& /*none*/) const { return Data(); }

    Result<Data, Failure> operator()(const BuildMemo& memo) const {
        return Data(ledger::Memo{to_vector(as_bytes(memo.text))});
    }

    Result<Data, Failure> operator()(const BuildCall& call) const {
        const auto contract = parse_contract_id(call.contract);
        if (!contract) {
            return usage(fmt::format("\"{}\" is no contract: 64 hexadecimal digits", printable(call.contract)));
        }
        auto arguments = hex(call.arguments);
        if (!arguments) return fail(arguments.error());
        return Data(ContractCall{{*contract}, call.function, *std::move(arguments)});
    }

    Result<Data, Failure> operator()(const BuildDeploy& deploy) const {
        auto bytecode = deploy.content ? Result<Bytes, Failure>(*deploy.content) : read_public_file(deploy.bytecode);
        if (!bytecode) return fail(bytecode.error());
        auto owner = deploy.owner.empty() ? Result<Bytes, Failure>(to_vector(payer_->account.public_key().to_bytes()))
                                          : hex(deploy.owner);
        if (!owner) return fail(owner.error());
        std::optional<Bytes> init;
        if (deploy.init) {
            auto bytes = hex(*deploy.init);
            if (!bytes) return fail(bytes.error());
            init = *std::move(bytes);
        }
        return Data(ledger::ContractDeploy::of(*std::move(bytecode), *std::move(owner), std::move(init), deploy.nonce));
    }

    Result<Data, Failure> operator()(const BuildBlobs& blobs) const {
        auto made = make_blobs(blobs, *executor_);
        if (!made) return fail(made.error());
        return Data(*std::move(made));
    }

    Result<Data, Failure> operator()(const BuildStake& stake) const {
        const auto value = parse_amount(stake.amount);
        if (!value) return fail(value.error());
        const auto account = key_of(stake.account, payer_->account);
        if (!account) return fail(account.error());
        const auto owner = key_of(stake.owner, *account);
        if (!owner) return fail(owner.error());
        const wallet::StakeSigners signers{.account = *account, .owner = *owner};
        return stake.action == BuildStake::Action::stake ? put_in(*value, signers) : take_out(stake, *value, signers);
    }

    Result<Data, Failure> operator()(const BuildConvert& convert) const {
        const auto value = parse_amount(convert.amount);
        if (!value) return fail(value.error());
        const bool to_note = command_->nonce.has_value();
        const auto payee = payee_of(*payer_, to_note);
        if (!payee) return fail(payee.error());
        return Data(wallet::convert_call(*value, *payee, *token_, *random_));
    }

  private:
    static Result<crypto::BlsSecretKey, Failure> key_of(const SigningKey& named,
                                                        const crypto::BlsSecretKey& otherwise) {
        if (named.file.empty()) return crypto::BlsSecretKey(otherwise.scalar().clone());
        auto keys = open_keys(named);
        if (!keys) return fail(keys.error());
        return std::move(keys->account);
    }

    [[nodiscard]] Result<Data, Failure> put_in(Lux value, const wallet::StakeSigners& signers) const {
        const auto chain = chain_id_of(*command_);
        if (!chain) return fail(chain.error());
        return Data(wallet::stake_call(*chain, value, signers));
    }

    [[nodiscard]] Result<Data, Failure> take_out(const BuildStake& stake, Lux value,
                                                 const wallet::StakeSigners& signers) const {
        using PaidTo = BuildStake::PaidTo;
        const bool to_note =
            stake.paid_to == PaidTo::notes || (stake.paid_to == PaidTo::payer && command_->notes.has_value());
        const auto payee = payee_of(*payer_, to_note);
        if (!payee) return fail(payee.error());
        const auto call = stake.action == BuildStake::Action::withdraw ? wallet::reward_call : wallet::unstake_call;
        return Data(call(value, signers, *payee, *token_, *random_));
    }

    const BuildTx* command_;
    const OpenedKeys* payer_;
    const WithdrawReplayToken* token_;
    RandomSource* random_;
    Executor* executor_;
};

}  // namespace

Result<Lux, Failure> parse_amount(const std::string& text) {
    const auto lux = ledger::parse_dusk(text);
    if (!lux) return usage(fmt::format("\"{}\": {}", printable(text), to_string(lux.error())));
    return *lux;
}

Result<ledger::ChainId, Failure> chain_id_of(const BuildTx& command) {
    const ledger::Network* network = ledger::network_named(command.network);
    if (network == nullptr) return usage(fmt::format("there is no network \"{}\"", printable(command.network)));
    const unsigned chain = command.chain_id.value_or(static_cast<unsigned>(network->chain_id));
    if (chain > 255) return usage("chain ids have one byte");
    return static_cast<ledger::ChainId>(chain);
}

Result<Lux, Failure> deposit_of(const BuildTx& command) {
    if (const auto* call = std::get_if<BuildCall>(&command.kind)) return parse_amount(call->deposit);
    if (const auto* convert = std::get_if<BuildConvert>(&command.kind)) return parse_amount(convert->amount);
    const auto* stake = std::get_if<BuildStake>(&command.kind);
    if (stake != nullptr && stake->action == BuildStake::Action::stake) return parse_amount(stake->amount);
    return Lux{};
}

Result<ledger::Blobs, Failure> make_blobs(const BuildBlobs& command, Executor& executor) {
    if (command.made) return *command.made;
    const auto setup = read_setup(command.setup, executor);
    if (!setup) return fail(setup.error());
    ledger::Blobs out;
    for (const auto& content : command.contents) {
        auto blob = make_blob(content, *setup, executor);
        if (!blob) return fail(blob.error());
        out.blobs.push_back(*std::move(blob));
    }
    return out;
}

Result<Data, Failure> data_of(const BuildTx& command, const OpenedKeys& payer, const WithdrawReplayToken& token,
                              RandomSource& random, Executor& executor) {
    return std::visit(DataMaker(command, payer, token, random, executor), command.kind);
}

}  // namespace dusk::app
