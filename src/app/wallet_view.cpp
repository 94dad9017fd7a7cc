#include "app/wallet_view.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "app/call_driver.hpp"
#include "app/contract_values.hpp"
#include "app/terminal_qr.hpp"
#include "app/tx_data.hpp"
#include "app/wallet_history.hpp"
#include "app/wallet_payer.hpp"
#include "base/hex.hpp"
#include "ledger/dusk_amount.hpp"
#include "wallet/payment_uri.hpp"

namespace dusk::app {
namespace {

using Json = nlohmann::ordered_json;
using ledger::Lux;
using wallet::NoteCache;
using wallet::Sent;
using wallet::SentState;

Result<WalletNode, Failure> node_of(const WalletFolder& folder, const WalletOptions& options) {
    return WalletNode::at(options.node.empty() ? folder.settings.node : options.node, options.authorities);
}

// Reads the chain on, with the keys that the wallet has.
Result<SyncedNotes, Failure> synced(const WalletFolder& folder, WalletNode& node, const WalletOptions& options,
                                    Executor& executor) {
    if (folder.settings.watches) return sync_folder(folder, node, sync_keys_of(folder.settings, nullptr), executor);
    const auto secret = folder.open_secret(options);
    if (!secret) return fail(secret.error());
    return sync_folder(folder, node, sync_keys_of(folder.settings, &*secret), executor);
}

Result<void, Failure> require_profile(const WalletFolder& folder, std::optional<std::uint8_t> profile) {
    if (!profile || *profile < folder.settings.profiles.size()) return {};
    return usage(fmt::format("the wallet has {} profiles", folder.settings.profiles.size()));
}

std::string short_text(const std::string& address) {
    return address.size() <= 20
               ? printable(address)
               : fmt::format("{}…{}", printable(address.substr(0, 10)), printable(address.substr(address.size() - 6)));
}

std::string line_of(const HistoryRow& row, const wallet::AddressBook& names) {
    const std::string name = names.name_of(row.other);
    const std::string note = row.position ? fmt::format("note {}", *row.position) : std::string();
    return fmt::format("{:>9}  {:<9} {:<9} {:>20}  {:>14}  {:<12}  {}\n",
                       row.height ? std::to_string(*row.height) : "-", row.action, row.state, format_dusk(row.value),
                       row.fee ? format_dusk(*row.fee) : "", row.id.substr(0, 12),
                       !note.empty()  ? note
                       : name.empty() ? short_text(row.other)
                                      : printable(name));
}

}  // namespace

CommandResult wallet_balance(const WalletBalance& command, Executor& executor) {
    const auto folder = WalletFolder::open(command.wallet);
    if (!folder) return fail(folder.error());
    if (const auto known = require_profile(*folder, command.profile); !known) return fail(known.error());
    auto node = node_of(*folder, command.wallet);
    if (!node) return fail(node.error());
    NoteCache cache;
    Outcome out;
    if (command.cached && !command.is_public) {
        auto read = folder->notes();
        if (!read) return fail(read.error());
        cache = *std::move(read);
    } else if (!command.is_public) {
        auto read = synced(*folder, *node, command.wallet, executor);
        if (!read) return fail(read.error());
        cache = std::move(read->cache);
        if (read->report.chain_changed) out.warnings.emplace_back("the chain went back: notes of lost blocks are gone");
    }
    if (!cache.bookmarks().empty()) out.json["height"] = cache.bookmarks().front().height;
    out.json["profiles"] = Json::array();
    for (std::size_t i = 0; i < folder->settings.profiles.size(); ++i) {
        if (command.profile && i != *command.profile) continue;
        const auto status = node->account(folder->settings.profiles[i].account);
        if (!status) return fail(status.error());
        Json json{{"index", i}, {"public", status->balance.value}, {"nonce", status->nonce.value}};
        out.text += fmt::format("Profile {}\n  public    {:>20} DUSK\n", i, format_dusk(status->balance));
        if (!command.is_public) {
            const auto profile = static_cast<std::uint8_t>(i);
            const wallet::NotesBalance notes = cache.balance(profile);
            out.text += fmt::format("  shielded  {:>20} DUSK in {} notes", format_dusk(notes.total),
                                    cache.spendable(profile).size());
            if (notes.spendable < notes.total) {
                out.text += fmt::format(", at most {} DUSK in one transaction", format_dusk(notes.spendable));
            }
            out.text += folder->settings.watches ? ", spent ones included\n" : "\n";
            json["shielded"] = notes.total.value;
            json["shielded_spendable"] = notes.spendable.value;
        }
        out.json["profiles"].push_back(std::move(json));
    }
    return out;
}

CommandResult wallet_sync(const WalletSync& command, Executor& executor) {
    const auto folder = WalletFolder::open(command.wallet);
    if (!folder) return fail(folder.error());
    auto node = node_of(*folder, command.wallet);
    if (!node) return fail(node.error());
    if (command.anew) {
        if (const auto saved = folder->save(NoteCache()); !saved) return fail(saved.error());
    }
    const auto read = synced(*folder, *node, command.wallet, executor);
    if (!read) return fail(read.error());
    const SyncReport& report = read->report;
    Outcome out{.text = fmt::format("Read up to block {}: {} notes looked at, {} are yours\n", report.height,
                                    report.scanned, report.found),
                .json = {{"height", report.height}, {"scanned", report.scanned}, {"found", report.found}}};
    if (report.chain_changed) out.warnings.emplace_back("the chain went back: notes of lost blocks are gone");
    return out;
}

CommandResult wallet_history(const WalletHistory& command) {
    const auto folder = WalletFolder::open(command.wallet);
    if (!folder) return fail(folder.error());
    if (const auto known = require_profile(*folder, command.profile); !known) return fail(known.error());
    const auto names = folder->contacts();
    if (!names) return fail(names.error());
    const auto cache = folder->notes();
    if (!cache) return fail(cache.error());
    auto journal = folder->journal();
    PublicHistory archive;
    if (!command.offline) {
        auto node = node_of(*folder, command.wallet);
        if (!node) return fail(node.error());
        journal = settled_journal(*folder, *node);
        auto told = public_history_of(folder->settings, *node);
        if (!told) return fail(told.error());
        archive = *std::move(told);
    }
    if (!journal) return fail(journal.error());
    Outcome out;
    out.json["archive"] = archive.has_value();
    out.json["history"] = Json::array();
    for (const HistoryRow& row :
         history_rows({.journal = *journal, .notes = *cache, .archive = archive}, command.profile)) {
        out.text += line_of(row, *names);
        out.json["history"].push_back(to_json(row));
    }
    if (out.text.empty()) {
        out.text = "Nothing yet\n";
    } else {
        out.text = fmt::format("{:>9}  {:<9} {:<9} {:>20}  {:>14}  {:<12}  {}\n", "block", "what", "state", "DUSK",
                               "fee", "transaction", "with") +
                   out.text;
    }
    if (!archive && !command.offline) {
        out.text +=
            "\nThe node has no archive: public payments by others, and what was sent with the same words from "
            "elsewhere,\nare not here. --node URL names another one.\n";
    }
    return out;
}

CommandResult wallet_pending(const WalletOptions& options) {
    const auto folder = WalletFolder::open(options);
    if (!folder) return fail(folder.error());
    auto node = node_of(*folder, options);
    if (!node) return fail(node.error());
    const auto journal = settled_journal(*folder, *node);
    if (!journal) return fail(journal.error());
    Outcome out;
    out.json["pending"] = Json::array();
    for (const Sent& sent : journal->sent()) {
        if (sent.state != SentState::pending) continue;
        const auto waits = node->is_in_mempool(sent.id);
        if (!waits) return fail(waits.error());
        out.text += fmt::format("{}\n  {} of {} DUSK, {} gas at {} lux: {}\n", sent.id, sent.action,
                                format_dusk(sent.value), sent.gas_limit.value, sent.gas_price.value,
                                *waits ? "waits in the mempool" : "not known to the node: `dusk wallet resend`");
        Json json{{"id", sent.id},
                  {"action", sent.action},
                  {"value", sent.value.value},
                  {"gas_price", sent.gas_price.value},
                  {"in_mempool", *waits}};
        if (sent.nonce) json["nonce"] = sent.nonce->value;
        out.json["pending"].push_back(std::move(json));
    }
    if (out.text.empty()) out.text = "Nothing is pending\n";
    return out;
}

CommandResult wallet_receive(const WalletReceive& command) {
    const auto folder = WalletFolder::open(command.wallet);
    if (!folder) return fail(folder.error());
    if (const auto known = require_profile(*folder, command.profile); !known) return fail(known.error());
    const wallet::PublicProfile& own = folder->settings.profiles[command.profile];
    const std::string& address = command.is_public ? own.account : own.address;
    const auto parsed = phoenix::parse_address(address);
    if (!parsed) return refused("the address of the wallet is damaged");
    wallet::PaymentUri request{.address = *parsed, .amount = {}, .label = command.label, .memo = command.memo};
    if (!command.amount.empty()) {
        const auto amount = parse_amount(command.amount);
        if (!amount) return fail(amount.error());
        request.amount = *amount;
    }
    const std::string uri = request.to_text();
    if (const auto good = wallet::parse_payment_uri(uri); !good) return usage(std::string(to_string(good.error())));
    const bool asks = request.amount || !command.label.empty() || !command.memo.empty();
    Outcome out{.text = address + "\n", .json = {{"address", address}, {"uri", uri}, {"public", command.is_public}}};
    if (asks) out.text += uri + "\n";
    const auto qr = command.qr ? terminal_qr(uri) : std::nullopt;
    if (qr) out.text += "\n" + *qr;
    return out;
}

CommandResult wallet_stake_info(const WalletStakeInfo& command) {
    const auto folder = WalletFolder::open(command.wallet);
    if (!folder) return fail(folder.error());
    if (const auto known = require_profile(*folder, command.profile); !known) return fail(known.error());
    auto node = node_of(*folder, command.wallet);
    if (!node) return fail(node.error());
    const auto account = ledger::AccountKey::from_base58(folder->settings.profiles[command.profile].account);
    if (!account) return refused("the account of the wallet is damaged");
    const auto stake = node->stake(*account);
    if (!stake) return fail(stake.error());
    if (!*stake) return Outcome{.text = "No stake\n", .json = {{"stake", nullptr}}};
    const ledger::StakeData& data = **stake;
    Outcome out;
    Json json{{"reward", data.reward.value}, {"faults", data.faults}, {"hard_faults", data.hard_faults}};
    if (data.amount) {
        out.text += fmt::format("staked    {} DUSK\nlocked    {} DUSK, by penalties\neligible  from block {}\n",
                                format_dusk(data.amount->value), format_dusk(data.amount->locked),
                                data.amount->eligibility.value);
        json["value"] = data.amount->value.value;
        json["locked"] = data.amount->locked.value;
        json["eligibility"] = data.amount->eligibility.value;
    }
    out.text += fmt::format("rewards   {} DUSK\nfaults    {} light, {} hard\n", format_dusk(data.reward), data.faults,
                            data.hard_faults);
    out.json["stake"] = std::move(json);
    return out;
}

CommandResult wallet_query(const WalletQuery& command) {
    const auto contract = parse_contract_id(command.contract);
    if (!contract)
        return usage(fmt::format("\"{}\" is no contract: 64 hexadecimal digits", printable(command.contract)));
    std::string address = command.wallet.node;
    if (address.empty()) {
        const auto folder = WalletFolder::open(command.wallet);
        if (!folder) return fail(folder.error());
        address = folder->settings.node;
    }
    auto node = WalletNode::at(address, command.wallet.authorities);
    if (!node) return fail(node.error());
    auto driver = CallDriver::of({*contract}, command.driver, &*node);
    if (!driver) return fail(driver.error());
    auto argument = from_hex(command.bytes);
    if (!argument) return usage(fmt::format("\"{}\" is not hexadecimal", printable(command.bytes)));
    if (command.argument) {
        auto encoded = driver->encode(command.function, *command.argument);
        if (!encoded) return fail(encoded.error());
        *argument = *std::move(encoded);
    }
    const auto answer = node->ask_contract({*contract}, command.function, *argument);
    if (!answer) return fail(answer.error());
    Outcome out{.text = {}, .json = {{"hex", to_hex(*answer)}}};
    const auto value = driver->decode(command.function, *answer);
    if (!value && value.error().code != "no_driver") return fail(value.error());
    if (value) out.json["value"] = *value;
    out.text = (value ? value->dump(2, ' ', false, Json::error_handler_t::replace) : to_hex(*answer)) + "\n";
    return out;
}

}  // namespace dusk::app
