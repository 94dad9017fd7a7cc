#include "app/wallet_send.hpp"

#include <fmt/core.h>

#include <thread>

#include "app/contract_values.hpp"
#include "app/progress_line.hpp"
#include "app/tx_data.hpp"
#include "base/clock.hpp"
#include "base/hex.hpp"
#include "ledger/dusk_amount.hpp"
#include "ledger/network.hpp"

namespace dusk::app {
namespace {

using Json = nlohmann::ordered_json;
using ledger::Lux;
using wallet::Sent;
using wallet::SentState;

Result<Lux, Failure> most_fee_of(const BuildTx& tx) {
    const auto fee = checked_cost(ledger::Gas{tx.gas_limit}, ledger::GasPrice{tx.gas_price});
    if (!fee) return refused("the fee does not fit 64 bits: a lower gas limit or price");
    return *fee;
}

const BuildStake* stake_of(const WalletOrder& order) { return std::get_if<BuildStake>(&order.tx.kind); }

// Null where it publishes none.
const std::vector<ledger::Blob>* blobs_of(const WalletOrder& order) {
    const auto* blobs = std::get_if<BuildBlobs>(&order.tx.kind);
    return blobs == nullptr || !blobs->made ? nullptr : &blobs->made->blobs;
}

std::vector<std::string> blob_hashes_of(const WalletOrder& order) {
    std::vector<std::string> out;
    if (const auto* blobs = blobs_of(order)) {
        for (const ledger::Blob& blob : *blobs) out.push_back(to_hex(blob.hash.bytes));
    }
    return out;
}

std::string what_happens(const WalletOrder& order, Lux moved) {
    const std::string amount = format_dusk(moved) + " DUSK";
    if (order.action == "send") return "Send " + amount;
    if (order.action == "shield") return fmt::format("Turn {} of the public account into a shielded note", amount);
    if (order.action == "unshield") return fmt::format("Turn {} of shielded notes into a public balance", amount);
    if (order.action == "stake") return "Stake " + amount;
    if (order.action == "unstake") return fmt::format("Take {} out of the stake", amount);
    if (order.action == "claim") return fmt::format("Take {} out of the rewards", amount);
    if (order.action == "deploy") return "Put a contract on the chain";
    if (const auto* blobs = blobs_of(order)) {
        return blobs->size() == 1 ? "Publish a blob" : fmt::format("Publish {} blobs", blobs->size());
    }
    if (order.action == "cancel") return "Cancel a transaction by one that pays nobody";
    const auto* call = std::get_if<BuildCall>(&order.tx.kind);
    return call == nullptr ? order.action : fmt::format("Call {}", printable(call->function));
}

std::string named(const std::string& address, const wallet::AddressBook& names) {
    const std::string name = names.name_of(address);
    return name.empty() ? printable(address) : fmt::format("{} ({})", printable(name), printable(address));
}

// The addresses of notes that come back to who pays: change, refunds, and what is taken out to a note.
std::vector<std::string> own_notes_of(const ledger::Transaction& transaction) {
    std::vector<std::string> out;
    if (const auto* phoenix = transaction.phoenix()) {
        out.push_back(to_hex(phoenix->payload.fee.stealth_address.to_bytes()));
    }
    const ledger::ContractCall* const call = transaction.call();
    if (call == nullptr) return out;
    const auto keep = [&](const ledger::Withdraw& withdraw) {
        const auto* note = std::get_if<ledger::ToNote>(&withdraw.receiver);
        if (note == nullptr) return;
        const auto archive = archive_write(note->address);
        if (const auto address = phoenix::StealthAddress::from_archive(archive)) {
            out.push_back(to_hex(address->to_bytes()));
        }
    };
    if (const auto withdraw = archive_read<ledger::Withdraw>(call->fn_args)) keep(*withdraw);
    if (const auto order = archive_read<ledger::StakeWithdraw>(call->fn_args)) keep(order->withdraw);
    return out;
}

Sent entry_of(const WalletOrder& order, const MadeTransaction& made, Lux moved) {
    Sent out{.id = to_hex(made.transaction.id().bytes),
             .time = unix_seconds(SystemClock().wall_time()),
             .profile = order.profile,
             .action = order.action,
             .to = order.tx.receiver,
             .value = moved,
             .gas_limit = {order.tx.gas_limit},
             .gas_price = {order.tx.gas_price}};
    if (order.tx.nonce) out.nonce = ledger::Nonce{*order.tx.nonce};
    out.spends = made.spends;
    if (const auto* call = std::get_if<BuildCall>(&order.tx.kind)) out.to = call->contract;
    if (const auto* deploy = made.transaction.deploy()) out.to = to_hex(deploy->contract_id().bytes);
    if (const auto* memo = std::get_if<BuildMemo>(&order.tx.kind)) out.memo = memo->text;
    out.own_notes = own_notes_of(made.transaction);
    out.order = write_order(order);
    out.bytes = made.transaction.encode(ledger::TransactionFormat::aegis);
    return out;
}

struct Included {
    std::string id{};
    SpentStatus status{};
};

// The first of these transactions, of which one can come into a block. Nothing when the patience has ended.
Result<std::optional<Included>, Failure> wait_for(WalletNode& node, const std::vector<std::string>& ids,
                                                  unsigned patience) {
    ProgressLine progress;
    progress.stage("Waiting for its block", {});
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(patience);
    while (true) {
        for (const std::string& id : ids) {
            auto status = node.spent(id);
            if (!status) return fail(status.error());
            if (*status) return Included{.id = id, .status = **std::move(status)};
        }
        if (std::chrono::steady_clock::now() >= end) return std::nullopt;
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
}

Outcome sent_outcome(const Sent& sent, const WalletOrder& order) {
    Outcome out{.text = fmt::format("Sent {}\n", sent.id), .json = {{"id", sent.id}, {"action", sent.action}}};
    if (order.action == "deploy") {
        out.text += fmt::format("  contract  {}\n", sent.to);
        out.json["contract"] = sent.to;
    }
    for (const std::string& hash : blob_hashes_of(order)) {
        out.text += fmt::format("  blob      {}\n", hash);
        out.json["blobs"].push_back(hash);
    }
    out.json["state"] = to_string(sent.state);
    if (sent.state == SentState::pending) return out;
    const Lux fee = checked_cost(sent.gas_spent, sent.gas_price).value_or(Lux{});
    out.text += fmt::format("  block     {}\n  fee       {} DUSK ({} gas)\n", sent.height, format_dusk(fee),
                            sent.gas_spent.value);
    out.json["height"] = sent.height;
    out.json["gas_spent"] = sent.gas_spent.value;
    out.json["fee"] = fee.value;
    if (!sent.error.empty()) out.json["error_text"] = sent.error;
    return out;
}

}  // namespace

Result<Lux, Failure> most_cost_of(const WalletOrder& order) {
    const auto value = parse_amount(order.tx.value);
    if (!value) return value;
    const auto deposit = deposit_of(order.tx);
    if (!deposit) return deposit;
    const auto fee = most_fee_of(order.tx);
    if (!fee) return fee;
    const auto paid = checked_add(*value, *deposit);
    const auto all = paid ? checked_add(*paid, *fee) : std::nullopt;
    if (!all) return refused("the sum of amount and fee does not fit 64 bits");
    return *all;
}

Result<OrderSummary, Failure> summary_of(const WalletOrder& order, const wallet::AddressBook& names) {
    const auto moved = moved_by(order);
    if (!moved) return fail(moved.error());
    const auto fee = most_fee_of(order.tx);
    if (!fee) return fail(fee.error());
    const auto all = most_cost_of(order);
    if (!all) return fail(all.error());
    const BuildTx& tx = order.tx;
    OrderSummary out;
    out.text = what_happens(order, *moved) + "\n";
    const auto line = [&](std::string_view name, const std::string& text) {
        out.text += fmt::format("  {:<9} {}\n", name, text);
    };
    line("from", fmt::format("{} of profile {}", tx.notes ? "shielded notes" : "the public account", order.profile));
    if (!tx.receiver.empty() && order.action != "cancel") line("to", named(tx.receiver, names));
    if (const auto* call = std::get_if<BuildCall>(&tx.kind)) {
        line("contract", printable(call->contract));
        if (*moved > Lux{}) line("deposit", format_dusk(*moved) + " DUSK");
    }
    if (const auto* memo = std::get_if<BuildMemo>(&tx.kind)) line("memo", printable(memo->text));
    for (const std::string& hash : blob_hashes_of(order)) line("blob", hash);
    if (stake_of(order) != nullptr && order.action != "stake") {
        const bool to_notes = stake_of(order)->paid_to == BuildStake::PaidTo::notes || tx.notes.has_value();
        line("goes to", to_notes ? "a shielded note of the profile" : "the public account of the profile");
    }
    line("fee", fmt::format("at most {} DUSK ({} gas at {} lux)", format_dusk(*fee), tx.gas_limit, tx.gas_price));
    line("in all", fmt::format("at most {} DUSK", format_dusk(*all)));
    line("network", printable(tx.network));
    out.json = {{"action", order.action},    {"profile", order.profile}, {"from", tx.notes ? "shielded" : "public"},
                {"to", tx.receiver},         {"value", moved->value},    {"gas_limit", tx.gas_limit},
                {"gas_price", tx.gas_price}, {"most_fee", fee->value},   {"most_cost", all->value}};
    if (tx.nonce) out.json["nonce"] = *tx.nonce;
    if (blobs_of(order) != nullptr) out.json["blobs"] = blob_hashes_of(order);
    return out;
}

std::shared_ptr<TransferKeyReader> key_reader_of(const WalletFolder& folder, const SendOptions& options,
                                                 Executor& executor) {
    const ledger::Network* network = ledger::network_named(folder.settings.network);
    const bool is_provable = network != nullptr && network->proof_rules == phoenix::ProofRules::sound;
    const bool proves = options.prover.empty() && folder.settings.prover.empty();
    if (!is_provable || !proves || options.dry_run || !options.order.empty()) return nullptr;
    return std::make_shared<TransferKeyReader>(executor);
}

Result<MadeTransaction, Failure> make_from_order(WalletFolder& folder, const WalletOrder& order,
                                                 const wallet::WalletSecret& secret, const SendOptions& options,
                                                 RandomSource& random, Executor& executor) {
    wallet::Profile profile = wallet::derive_profile(secret.seed(), order.profile);
    if (profile.account() != order.account) {
        return refused("foreign_order", "the order is for another wallet or profile: nothing was signed");
    }
    const OpenedKeys keys{.account = std::move(profile.bls), .notes = std::move(profile.phoenix)};
    BuildTx tx = order.tx;
    tx.prover = options.prover.empty() ? folder.settings.prover : options.prover;
    tx.authorities = folder.authorities;
    auto& times = folder.settings.proof_milliseconds;
    const std::size_t inputs = tx.notes ? std::clamp<std::size_t>(tx.notes->positions.size(), 1, times.size()) : 1;
    tx.expected_proof = std::chrono::milliseconds(times.at(inputs - 1));
    NotesReport report;
    auto transaction = make_transaction(tx, keys, random, executor, report);
    if (!transaction) return fail(transaction.error());
    if (report.proof_time.count() > 0) {
        times.at(std::clamp<std::size_t>(report.spends.size(), 1, times.size()) - 1) =
            static_cast<std::uint64_t>(report.proof_time.count());
        if (const auto saved = folder.save_settings(); !saved) return fail(saved.error());
    }
    return MadeTransaction{.transaction = *std::move(transaction),
                           .spends = std::move(report.spends),
                           .warnings = std::move(report.warnings)};
}

CommandResult send_made(WalletFolder& folder, WalletNode& node, const WalletOrder& order, const MadeTransaction& made,
                        const SendOptions& options) {
    auto journal = folder.journal();
    if (!journal) return fail(journal.error());
    const auto moved = moved_by(order);
    if (!moved) return fail(moved.error());
    const Sent entry = entry_of(order, made, *moved);
    // Written first: whatever ends this process, what was sent is known.
    const bool is_new = journal->find(entry.id) == nullptr;
    if (is_new) journal->add(entry);
    if (const auto saved = folder.save(*journal); !saved) return fail(saved.error());
    if (const auto taken = node.propagate(entry.bytes); !taken) {
        // Without an answer nobody knows whether the node has it: then it stays.
        if (taken.error().exit == ExitCode::rejected && is_new) {
            journal->sent().pop_back();
            if (const auto saved = folder.save(*journal); !saved) return fail(saved.error());
        }
        return fail(taken.error());
    }
    Outcome outcome = sent_outcome(entry, order);
    outcome.warnings = made.warnings;
    if (!options.wait) return outcome;
    std::vector<std::string> ids = journal->rivals(entry);
    ids.insert(ids.begin(), entry.id);
    const auto included = wait_for(node, ids, options.patience);
    if (!included) return fail(included.error());
    if (!*included) {
        Failure late{
            .exit = ExitCode::no_answer,
            .code = "not_in_block",
            .message = fmt::format("the network took it, but it is in no block after {} s: `dusk wallet pending` "
                                   "looks again, `dusk wallet replace` offers a higher fee",
                                   options.patience)};
        late.details = outcome.json;
        return fail(std::move(late));
    }
    const SpentStatus& status = (*included)->status;
    Sent* const sent = journal->find((*included)->id);
    journal->settle(*sent, status.height, status.gas_spent, status.error);
    if (const auto saved = folder.save(*journal); !saved) return fail(saved.error());
    if (sent->id != entry.id) {
        return fail(Failure{
            .exit = ExitCode::rejected,
            .code = "overtaken",
            .message = fmt::format("too late: {} is in block {}, and spends the same", sent->id, status.height)});
    }
    std::vector<std::string> warnings = std::move(outcome.warnings);
    outcome = sent_outcome(*sent, order);
    outcome.warnings = std::move(warnings);
    if (sent->state == SentState::failed) {
        return fail(Failure{.exit = ExitCode::rejected,
                            .code = "failed",
                            .message = "it is in a block, but failed, and the fee is spent: " + sent->error,
                            .report = outcome.text,
                            .details = outcome.json});
    }
    return outcome;
}

Result<wallet::Journal, Failure> settled_journal(const WalletFolder& folder, WalletNode& node) {
    auto journal = folder.journal();
    if (!journal) return journal;
    bool changed = false;
    for (Sent& sent : journal->sent()) {
        if (sent.state != SentState::pending) continue;
        const auto status = node.spent(sent.id);
        if (!status) return fail(status.error());
        if (!*status) continue;
        journal->settle(sent, (*status)->height, (*status)->gas_spent, (*status)->error);
        changed = true;
    }
    if (changed) {
        if (const auto saved = folder.save(*journal); !saved) return fail(saved.error());
    }
    return journal;
}

}  // namespace dusk::app
