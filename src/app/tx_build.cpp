#include "app/tx_build.hpp"

#include <fmt/core.h>

#include "app/contract_values.hpp"
#include "app/public_files.hpp"
#include "app/tx_data.hpp"
#include "app/tx_file.hpp"
#include "app/tx_from_notes.hpp"
#include "execution/preverify.hpp"

namespace dusk::app {
namespace {

using ledger::AccountKey;
using ledger::MoonlightPayload;
using ledger::TransactionFormat;

Result<AccountKey, Failure> account(const std::string& text, const AccountKey& sender) {
    if (text.empty()) return sender;
    const auto key = AccountKey::from_base58(text);
    if (!key) return usage(fmt::format("\"{}\" is no public account", printable(text)));
    return *key;
}

Result<MoonlightPayload, Failure> payload_of(const BuildTx& command, const OpenedKeys& keys, RandomSource& random,
                                             Executor& executor) {
    const AccountKey sender = keys.account.public_key();
    const auto chain = chain_id_of(command);
    if (!chain) return fail(chain.error());
    const auto receiver = account(command.receiver, sender);
    if (!receiver) return fail(receiver.error());
    const auto refund = account(command.refund, sender);
    if (!refund) return fail(refund.error());
    const auto value = parse_amount(command.value);
    if (!value) return fail(value.error());
    const auto deposit = deposit_of(command);
    if (!deposit) return fail(deposit.error());
    const ledger::Nonce nonce{*command.nonce};
    auto data = data_of(command, keys, ledger::NonceToken{nonce}, random, executor);
    if (!data) return fail(data.error());
    return MoonlightPayload{.chain_id = *chain,
                            .sender = sender,
                            .receiver = *receiver,
                            .value = *value,
                            .deposit = *deposit,
                            .fee = {{command.gas_limit}, {command.gas_price}, *refund},
                            .nonce = nonce,
                            .data = *std::move(data)};
}

Result<ledger::Transaction, Failure> pay_by_account(const BuildTx& command, const OpenedKeys& keys,
                                                    RandomSource& random, Executor& executor) {
    auto payload = payload_of(command, keys, random, executor);
    if (!payload) return fail(payload.error());
    auto transaction = ledger::MoonlightTransaction::sign(*std::move(payload), keys.account);
    if (!transaction) return refused(to_string(transaction.error()));
    return ledger::Transaction{*std::move(transaction)};
}

Result<void, Failure> check_usage(const BuildTx& command) {
    if (command.nonce.has_value() == command.notes.has_value()) {
        return usage("say who pays: an account (--nonce N) or notes (--notes FILE)");
    }
    if (command.notes && !command.refund.empty()) {
        return usage("what notes pay for gas comes back to their owner: --refund is for accounts");
    }
    return {};
}

}  // namespace

Result<ledger::Transaction, Failure> make_transaction(const BuildTx& command, const OpenedKeys& keys,
                                                      RandomSource& random, Executor& executor, NotesReport& report) {
    if (auto good = check_usage(command); !good) return fail(good.error());
    auto transaction = command.notes ? pay_by_notes(command, keys, random, executor, report)
                                     : pay_by_account(command, keys, random, executor);
    if (!transaction) return fail(transaction.error());
    if (const auto checked = execution::check_for_pool(*transaction); !checked) {
        return refused(to_string(checked.error()));
    }
    return transaction;
}

CommandResult build_tx(const BuildTx& command, RandomSource& random, Executor& executor) {
    if (auto good = check_usage(command); !good) return fail(good.error());
    if (const auto free = require_free(command.out, command.overwrite); !free) return fail(free.error());
    const auto keys = open_keys(command.key);
    if (!keys) return fail(keys.error());
    NotesReport report;
    auto transaction = make_transaction(command, *keys, random, executor, report);
    if (!transaction) return fail(transaction.error());
    const auto format = command.aegis ? TransactionFormat::aegis : TransactionFormat::boreas;
    const ledger::DecodedTransaction made{*std::move(transaction), format};
    const Bytes bytes = made.transaction.encode(format);
    if (const auto written = write_public_file(command.out, bytes, command.overwrite); !written) {
        return fail(written.error());
    }
    Outcome outcome{.text = fmt::format("Wrote {}\n\n{}{}", command.out.string(), transaction_text(made), report.text),
                    .json = transaction_report(made),
                    .warnings = std::move(report.warnings)};
    outcome.json["file"] = command.out.string();
    if (command.notes) outcome.json.update(report.json);
    return outcome;
}

}  // namespace dusk::app
