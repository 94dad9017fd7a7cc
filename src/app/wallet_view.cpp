#include "app/wallet_view.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "app/contract_values.hpp"
#include "app/terminal_qr.hpp"
#include "app/tx_data.hpp"
#include "app/wallet_payer.hpp"
#include "base/hex.hpp"
#include "ledger/dusk_amount.hpp"
#include "wallet/payment_uri.hpp"

namespace dusk::app {
namespace {

using Json = nlohmann::ordered_json;
using ledger::Lux;
using wallet::CachedNote;
using wallet::NoteCache;
using wallet::Sent;
using wallet::SentState;

Result<WalletNode, Failure> node_of(const WalletFolder& folder, const WalletOptions& options) {
    return WalletNode::at(options.node.empty() ? folder.settings.node : options.node);
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

// One line of the history.
struct Row {
    std::uint64_t height = ~std::uint64_t{0};  // of what is pending: behind everything
    std::size_t place = 0;
    std::string text{};
    Json json{};
};

Row row_of(const Sent& sent, const wallet::AddressBook& names) {
    const Lux fee = checked_cost(sent.gas_spent, sent.gas_price).value_or(Lux{});
    const std::string name = names.name_of(sent.to);
    Row out;
    if (sent.state == SentState::done || sent.state == SentState::failed) out.height = sent.height;
    const std::string block = sent.height == 0 ? "-" : std::to_string(sent.height);
    out.text = fmt::format("{:>9}  {:<9} {:<9} {:>20}  {:>14}  {}  {}\n", block, sent.action, to_string(sent.state),
                           format_dusk(sent.value), sent.height == 0 ? "" : format_dusk(fee), sent.id.substr(0, 12),
                           name.empty() ? short_text(sent.to) : printable(name));
    out.json = {{"id", sent.id},
                {"action", sent.action},
                {"state", to_string(sent.state)},
                {"time", sent.time},
                {"profile", sent.profile},
                {"to", sent.to},
                {"value", sent.value.value},
                {"gas_limit", sent.gas_limit.value},
                {"gas_price", sent.gas_price.value}};
    if (!sent.memo.empty()) out.json["memo"] = sent.memo;
    if (sent.nonce) out.json["nonce"] = sent.nonce->value;
    if (sent.height != 0) {
        out.json["height"] = sent.height;
        out.json["fee"] = fee.value;
    }
    if (!sent.error.empty()) out.json["error_text"] = sent.error;
    return out;
}

Row row_of(const CachedNote& note) {
    const Lux value = note.value.value_or(Lux{});
    Row out{.height = note.height};
    out.text = fmt::format("{:>9}  {:<9} {:<9} {:>20}  {:>14}  note {}\n", note.height, "received",
                           note.is_spent ? "spent" : "done", format_dusk(value), "", note.note.pos());
    out.json = {{"action", "received"}, {"height", note.height},       {"profile", note.profile},
                {"value", value.value}, {"position", note.note.pos()}, {"spent", note.is_spent}};
    return out;
}

std::vector<Row> rows_of(const wallet::Journal& journal, const NoteCache& cache, const wallet::AddressBook& names,
                         std::optional<std::uint8_t> profile) {
    std::vector<Row> out;
    std::set<std::string> own;  // notes that our own transactions made
    for (const Sent& sent : journal.sent()) {
        own.insert(sent.own_notes.begin(), sent.own_notes.end());
        if (!profile || sent.profile == *profile) out.push_back(row_of(sent, names));
    }
    for (const auto& [position, note] : cache.notes()) {
        const bool counts = (!profile || note.profile == *profile) && note.value.value_or(Lux{}) > Lux{};
        if (counts && !own.contains(to_hex(note.note.stealth_address().to_bytes()))) out.push_back(row_of(note));
    }
    // In the order in which they were added where the height is the same.
    for (std::size_t i = 0; i < out.size(); ++i) out[i].place = i;
    std::ranges::sort(out, {}, [](const Row& row) { return std::pair(row.height, row.place); });
    return out;
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
    if (!command.offline) {
        auto node = node_of(*folder, command.wallet);
        if (!node) return fail(node.error());
        journal = settled_journal(*folder, *node);
    }
    if (!journal) return fail(journal.error());
    Outcome out;
    out.json["history"] = Json::array();
    for (Row& row : rows_of(*journal, *cache, *names, command.profile)) {
        out.text += row.text;
        out.json["history"].push_back(std::move(row.json));
    }
    if (out.text.empty()) {
        out.text = "Nothing yet\n";
    } else {
        out.text =
            fmt::format("{:>9}  {:<9} {:<9} {:>20}  {:>14}\n", "block", "what", "state", "DUSK", "fee") + out.text;
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

}  // namespace dusk::app
