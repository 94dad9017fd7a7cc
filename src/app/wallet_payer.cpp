#include "app/wallet_payer.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "app/progress_line.hpp"
#include "base/clock.hpp"
#include "base/hex.hpp"
#include "ledger/dusk_amount.hpp"
#include "wallet/note_choice.hpp"

namespace dusk::app {
namespace {

using ledger::Lux;

std::unexpected<Failure> insufficient(std::string message, Lux needed, Lux there) {
    Failure out{.exit = ExitCode::rejected, .code = "insufficient_funds", .message = std::move(message)};
    out.details = {{"needed", needed.value}, {"available", there.value}};
    return fail(std::move(out));
}

// Of the profile: worth something, not spent, and not about to be.
std::vector<const wallet::CachedNote*> free_notes(const wallet::NoteCache& cache, const wallet::Journal& journal,
                                                  std::uint8_t profile) {
    auto out = cache.spendable(profile);
    const auto busy = journal.spent_notes();
    std::erase_if(out, [&](const auto* note) { return std::ranges::find(busy, note->note.pos()) != busy.end(); });
    return out;
}

}  // namespace

Result<void, Failure> pay_by_account_of(const WalletFolder& folder, WalletNode& node, WalletOrder& order) {
    if (order.tx.nonce) return {};
    const auto status = node.account(order.account);
    if (!status) return fail(status.error());
    const auto needed = most_cost_of(order);
    if (!needed) return fail(needed.error());
    if (status->balance < *needed) {
        return insufficient(fmt::format("{} DUSK are needed, fee included, and the public account has {} DUSK",
                                        format_dusk(*needed), format_dusk(status->balance)),
                            *needed, status->balance);
    }
    const auto journal = folder.journal();
    if (!journal) return fail(journal.error());
    const std::uint64_t now = unix_seconds(SystemClock().wall_time());
    order.tx.nonce = journal->next_nonce(order.profile, status->next_nonce, now).value;
    return {};
}

Result<void, Failure> pay_by_notes_of(const WalletFolder& folder, WalletNode& node, const wallet::WalletSecret& secret,
                                      WalletOrder& order, Executor& executor) {
    const auto journal = settled_journal(folder, node);
    if (!journal) return fail(journal.error());
    const auto synced = sync_folder(folder, node, sync_keys_of(folder.settings, &secret), executor);
    if (!synced) return fail(synced.error());
    const auto needed = most_cost_of(order);
    if (!needed) return fail(needed.error());

    const auto notes = free_notes(synced->cache, *journal, order.profile);
    std::vector<Lux> values;
    for (const auto* note : notes) values.push_back(*note->value);
    const auto chosen = wallet::choose_notes(values, *needed);
    if (!chosen) {
        const wallet::NotesBalance there = wallet::balance_of(values);
        const Lux busy{synced->cache.balance(order.profile).total.value - there.total.value};
        std::string text = fmt::format(
            "{} DUSK are needed, fee included, and the shielded notes that are free hold {} "
            "DUSK",
            format_dusk(*needed), format_dusk(there.total));
        if (there.spendable < there.total) {
            text += fmt::format(", of which one transaction can spend {}: the four largest notes",
                                format_dusk(there.spendable));
        }
        if (busy > Lux{}) text += fmt::format("; {} DUSK are in transactions that are pending", format_dusk(busy));
        return insufficient(std::move(text), *needed, there.spendable);
    }
    if (order.tx.keys != nullptr) order.tx.keys->expect(chosen->size());
    std::vector<phoenix::Note> spend;
    BuildFromNotes from;
    for (const std::size_t i : *chosen) {
        spend.push_back(notes[i]->note);
        from.positions.push_back(notes[i]->note.pos());
    }
    auto opened = open_notes(node, spend);
    if (!opened) return fail(opened.error());
    from.content = *std::move(opened);
    from.transparent = order.tx.notes && order.tx.notes->transparent;
    order.tx.notes = std::move(from);
    return {};
}

SyncKeys sync_keys_of(const wallet::WalletSettings& settings, const wallet::WalletSecret* secret) {
    SyncKeys out;
    for (std::size_t i = 0; i < settings.profiles.size(); ++i) {
        if (secret != nullptr) {
            out.secrets.push_back(wallet::derive_profile(secret->seed(), static_cast<std::uint8_t>(i)).phoenix);
            out.views.push_back(out.secrets.back().view_key());
        } else if (const auto bytes = from_hex(settings.profiles[i].view_key)) {
            if (auto key = phoenix::ViewKey::from_bytes(*bytes)) out.views.push_back(*std::move(key));
        }
    }
    return out;
}

Result<SyncedNotes, Failure> sync_folder(const WalletFolder& folder, WalletNode& node, const SyncKeys& keys,
                                         Executor& executor) {
    auto cache = folder.notes();
    if (!cache) return fail(cache.error());
    SyncedNotes out{.cache = *std::move(cache)};
    ProgressLine progress;
    progress.stage("Looking for notes");
    auto report =
        sync_notes(node, out.cache, keys, folder.settings.birthday, executor,
                   [&](std::uint64_t done, std::uint64_t total) { progress.update(std::min(done, total), total); });
    if (!report) return fail(report.error());
    out.report = *report;
    if (const auto saved = folder.save(out.cache); !saved) return fail(saved.error());
    return out;
}

std::uint64_t usual_gas_of(const WalletOrder& order, bool from_notes) {
    constexpr std::uint64_t kMillion = 1'000'000;
    // What a payment by notes costs beyond one by an account.
    const std::uint64_t notes = from_notes ? 12 * kMillion : 0;
    const bool to_notes = std::holds_alternative<BuildStake>(order.tx.kind) &&
                          (std::get<BuildStake>(order.tx.kind).paid_to == BuildStake::PaidTo::notes || from_notes);
    if (order.action == "send" || order.action == "cancel") return 2 * kMillion + 500'000 + notes;
    if (order.action == "shield") return 40 * kMillion;
    if (order.action == "unshield") return 18 * kMillion;
    if (order.action == "stake") return 40 * kMillion + notes;
    if (order.action == "unstake" || order.action == "claim") return (to_notes ? 80 : 45) * kMillion + notes;
    if (const auto* deploy = std::get_if<BuildDeploy>(&order.tx.kind)) {
        const std::uint64_t size = deploy->content ? deploy->content->size() : 0;
        return std::max<std::uint64_t>(5 * kMillion, 100 * size) + 20 * kMillion + notes;
    }
    if (const auto* blobs = std::get_if<BuildBlobs>(&order.tx.kind)) {
        return (3 + (blobs->made ? blobs->made->blobs.size() : 0)) * kMillion + notes;
    }
    return 50 * kMillion + notes;
}

}  // namespace dusk::app
