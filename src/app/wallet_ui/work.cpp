#include "app/wallet_ui/work.hpp"

#include <fmt/core.h>

#include "app/wallet_payer.hpp"

namespace dusk::app::ui {
namespace {

using std::chrono::milliseconds;
using wallet::SentState;

void show_notes(const wallet::NoteCache& notes, WalletState& state) {
    for (std::size_t i = 0; i < state.profiles.size(); ++i) {
        const auto profile = static_cast<std::uint8_t>(i);
        state.profiles[i].notes = notes.balance(profile);
        state.profiles[i].note_count = notes.spendable(profile).size();
    }
    if (!notes.bookmarks().empty()) state.read_height = notes.bookmarks().front().height;
}

void show_pending(const wallet::Journal& journal, WalletState& state) {
    std::vector<PendingView> out;
    for (const wallet::Sent& sent : journal.sent()) {
        if (sent.state != SentState::pending) continue;
        PendingView one{
            .id = sent.id, .action = sent.action, .to = sent.to, .value = sent.value, .gas_price = sent.gas_price};
        for (const PendingView& known : state.pending) {
            if (known.id == one.id) one.in_mempool = known.in_mempool;
        }
        out.push_back(std::move(one));
    }
    state.pending = std::move(out);
}

void show_contacts(const wallet::AddressBook& names, WalletState& state) {
    state.contacts.assign(names.contacts().begin(), names.contacts().end());
}

WalletPay pay_of(const PayWords& words) {
    WalletPay out;
    out.order.action = words.action;
    out.order.profile = words.profile;
    BuildTx& tx = out.order.tx;
    tx.value.clear();
    if (words.action == "send") {
        out.to = words.to;
        out.memo = words.memo;
        tx.value = words.amount;
    } else if (words.action == "shield" || words.action == "unshield") {
        tx.kind = BuildConvert{.amount = words.amount};
    } else {
        using Action = BuildStake::Action;
        BuildStake stake;
        stake.action = words.action == "stake"     ? Action::stake
                       : words.action == "unstake" ? Action::unstake
                                                   : Action::withdraw;
        stake.amount = words.amount;
        tx.kind = std::move(stake);
    }
    return out;
}

}  // namespace

Result<WalletState, Failure> Work::first_state(const WalletFolder& folder, const std::string& node) {
    const auto names = folder.contacts();
    if (!names) return fail(names.error());
    const auto notes = folder.notes();
    if (!notes) return fail(notes.error());
    const auto journal = folder.journal();
    if (!journal) return fail(journal.error());
    WalletState out{.network = folder.settings.network, .node = node, .watches = folder.settings.watches};
    for (const wallet::PublicProfile& one : folder.settings.profiles) {
        out.profiles.push_back({.address = one.address, .account = one.account});
    }
    if (!notes->bookmarks().empty()) show_notes(*notes, out);
    show_pending(*journal, out);
    show_contacts(*names, out);
    return out;
}

void Work::ask(Request request) {
    const std::scoped_lock lock(mutex_);
    queue_.push_back(std::move(request));
}

std::optional<Request> Work::next() {
    const std::scoped_lock lock(mutex_);
    if (queue_.empty()) return {};
    Request out = std::move(queue_.front());
    queue_.pop_front();
    return out;
}

milliseconds Work::step() {
    constexpr milliseconds kPause{200};
    if (const auto request = next()) {
        carry_out(*request);
        return milliseconds(0);
    }
    const WalletState state = feed_->state();
    if (state.chain && state.trouble.empty() && state.chain->last != read_at_) read_on(state.chain->last);
    return kPause;
}

void Work::carry_out(const Request& request) {
    if (const auto* words = std::get_if<PayWords>(&request)) prepare(*words);
    if (const auto* words = std::get_if<AgainWords>(&request)) prepare(*words);
    if (const auto* words = std::get_if<ContactWords>(&request)) change_contacts(*words);
    if (const auto* decision = std::get_if<Decision>(&request)) decide(decision->yes);
}

void Work::begin(std::string what) {
    feed_->change([&](WalletState& now) {
        now.job = {.kind = Job::Kind::working, .text = std::move(what), .number = now.job.number + 1};
    });
}

void Work::end(Job::Kind kind, std::string text) {
    feed_->change([&](WalletState& now) {
        now.job.kind = kind;
        now.job.text = std::move(text);
    });
}

void Work::end(const CommandResult& result) {
    if (!result) return end(Job::Kind::failed, result.error().message);
    std::string text = result->text.substr(0, result->text.find('\n'));
    for (const std::string& warning : result->warnings) text += "; " + warning;
    end(Job::Kind::done, std::move(text));
}

Result<WalletOrder, Failure> Work::order_of(const PayWords& words) {
    WalletPay command = pay_of(words);
    command.order.tx.keys = key_reader_of(parts_.folder, {.prover = parts_.prover}, *executor_);
    const auto from_notes = complete_order(parts_.folder, &parts_.node, command);
    if (!from_notes) return fail(from_notes.error());
    const auto payer = *from_notes
                           ? pay_by_notes_of(parts_.folder, parts_.node, *parts_.secret, command.order, *executor_)
                           : pay_by_account_of(parts_.folder, parts_.node, command.order);
    if (!payer) return fail(payer.error());
    return std::move(command.order);
}

void Work::ask_about(const Result<WalletOrder, Failure>& order) {
    if (!order) return end(Job::Kind::failed, order.error().message);
    const auto names = parts_.folder.contacts();
    if (!names) return end(Job::Kind::failed, names.error().message);
    const auto summary = summary_of(*order, *names);
    if (!summary) return end(Job::Kind::failed, summary.error().message);
    asked_about_ = *order;
    end(Job::Kind::asks, summary->text);
}

void Work::prepare(const PayWords& words) {
    begin("Asking the node");
    ask_about(order_of(words));
}

void Work::prepare(const AgainWords& words) {
    begin("Asking the node");
    auto journal = settled_journal(parts_.folder, parts_.node);
    if (!journal) return end(fail(journal.error()));
    if (words.how == WalletAgain::How::resend) return end(resend(*journal, parts_.node, words.id));
    ask_about(order_again(*journal, {.how = words.how, .id = words.id}));
}

void Work::decide(bool yes) {
    if (!asked_about_) return;
    const WalletOrder order = *std::exchange(asked_about_, {});
    if (!yes) return end(Job::Kind::done, "nothing was done");
    feed_->change([](WalletState& now) {
        now.job.kind = Job::Kind::working;
        now.job.text = "Signing and sending";
    });
    end(send(order));
    if (const auto shown = show_files(); !shown) {
        feed_->change([&](WalletState& now) { now.sync_trouble = shown.error().message; });
    }
}

CommandResult Work::send(const WalletOrder& order) {
    const SendOptions options{.wait = false, .prover = parts_.prover};
    const auto made = make_from_order(parts_.folder, order, *parts_.secret, options, *random_, *executor_);
    if (!made) return fail(made.error());
    auto sent = send_made(parts_.folder, parts_.node, order, *made, options);
    if (sent) sent->text = fmt::format("Sent {:.12}…: it waits for its block", sent->json.value("id", ""));
    return sent;
}

void Work::change_contacts(const ContactWords& words) {
    begin("Writing the address book");
    auto names = parts_.folder.contacts();
    if (!names) return end(fail(names.error()));
    if (words.address.empty()) {
        names->remove(words.name);
    } else if (const auto added = names->add(words.name, words.address); !added) {
        return end(Job::Kind::failed, added.error());
    }
    if (const auto saved = parts_.folder.save(*names); !saved) return end(fail(saved.error()));
    feed_->change([&](WalletState& now) { show_contacts(*names, now); });
    end(Job::Kind::done,
        fmt::format("{} is {}", words.name, words.address.empty() ? "forgotten" : "in the address book"));
}

void Work::read_on(std::uint64_t height) {
    auto done = read_chain();
    if (done) done = show_files();
    if (done) read_at_ = height;
    feed_->change([&](WalletState& now) { now.sync_trouble = done ? std::string() : done.error().message; });
}

Result<void, Failure> Work::read_chain() {
    if (const auto journal = settled_journal(parts_.folder, parts_.node); !journal) return fail(journal.error());
    const SyncKeys keys = sync_keys_of(parts_.folder.settings, parts_.secret ? &*parts_.secret : nullptr);
    if (const auto read = sync_folder(parts_.folder, parts_.node, keys, *executor_); !read) return fail(read.error());
    return app::read_on(archive_, parts_.folder.settings, parts_.node);
}

Result<void, Failure> Work::show_files() {
    const auto journal = parts_.folder.journal();
    if (!journal) return fail(journal.error());
    const auto notes = parts_.folder.notes();
    if (!notes) return fail(notes.error());
    const auto rows = std::make_shared<const std::vector<HistoryRow>>(
        history_rows({.journal = *journal, .notes = *notes, .archive = archive_}, {}));
    feed_->change([&](WalletState& now) {
        show_notes(*notes, now);
        show_pending(*journal, now);
        now.history = rows;
        now.has_archive = archive_.has_value();
    });
    return {};
}

}  // namespace dusk::app::ui
