#include "app/wallet_ui/screen.hpp"

#include <algorithm>

#include "ledger/dusk_amount.hpp"
#include "wallet/payment_uri.hpp"

namespace dusk::app::ui {
namespace {

using Kind = Key::Kind;
using Requests = std::vector<Request>;

constexpr std::size_t kJump = 10;  // rows of Page Up and Page Down

bool is_working(const WalletState& state) { return state.job.kind == Job::Kind::working; }

const ProfileView* profile_of(const WalletState& state, std::size_t profile) {
    return profile < state.profiles.size() ? &state.profiles[profile] : nullptr;
}

}  // namespace

std::size_t rows_of(Page page, const WalletState& state) {
    switch (page) {
        case Page::overview:
        case Page::receive:
            return state.profiles.size();
        case Page::history:
            return state.history ? state.history->size() : 0;
        case Page::pending:
            return state.pending.size();
        case Page::contacts:
            return state.contacts.size();
        case Page::help:
            break;
    }
    return 0;
}

std::string receive_text(const ReceiveView& view, const ProfileView& profile) {
    const std::string& text = view.is_public ? profile.account : profile.address;
    if (view.amount.empty() && view.memo.empty()) return text;
    const auto address = phoenix::parse_address(text);
    if (!address) return {};
    wallet::PaymentUri out{.address = *address, .amount = {}, .label = {}, .memo = view.memo};
    if (!view.amount.empty()) {
        const auto amount = ledger::parse_dusk(view.amount);
        if (!amount) return {};
        out.amount = *amount;
    }
    return out.to_text();
}

const HistoryRow* history_at(const WalletState& state, std::size_t place) {
    if (!state.history || place >= state.history->size()) return nullptr;
    return &(*state.history)[state.history->size() - 1 - place];
}

void Screen::say(std::string text, bool is_error) {
    message_ = std::move(text);
    is_error_ = is_error;
}

void Screen::show(Page page) {
    page_ = page;
    selected_ = page == Page::overview || page == Page::receive ? profile_ : 0;
    details_ = false;
    say({});
}

void Screen::follow(const WalletState& state) {
    const std::size_t rows = rows_of(page_, state);
    selected_ = std::min(selected_, rows == 0 ? 0 : rows - 1);
    const Job& job = state.job;
    const bool has_ended = job.kind == Job::Kind::done || job.kind == Job::Kind::failed;
    if (!has_ended || job.number == seen_job_) return;
    seen_job_ = job.number;
    is_warned_ = false;
    say(job.text, job.kind == Job::Kind::failed);
}

Requests Screen::handle(const Key& key, const WalletState& state) {
    if (key.kind == Kind::interrupt) return {Quit{}};
    if (key.kind == Kind::redraw) return {Redraw{}};
    if (key.kind == Kind::suspend) return {Suspend{}};
    if (state.job.kind == Job::Kind::asks) {
        const bool yes = key.text == "y" || key.text == "Y";
        const bool no = key.kind == Kind::escape || key.text == "n" || key.text == "N";
        if (yes || no) return {Decision{.yes = yes}};
        return {};
    }
    if (form_) {
        const Form::Outcome outcome = form_->handle(key);
        if (outcome == Form::Outcome::submitted) return submit(state);
        if (outcome == Form::Outcome::left) form_.reset();
        return {};
    }
    if (!forgets_.empty()) {
        const std::string name = std::exchange(forgets_, {});
        if (key.text == "y" || key.text == "Y") return {ContactWords{.name = name}};
        return {};
    }
    switch (key.kind) {
        case Kind::text:
            return press(key.text, state);
        case Kind::enter:
            return enter(state);
        case Kind::escape:
            if (details_) {
                details_ = false;
            } else {
                show(Page::overview);
            }
            return {};
        case Kind::tab:
            if (page_ == Page::receive) receive_.is_public = !receive_.is_public;
            return {};
        default:
            move(key, state);
            return {};
    }
}

void Screen::move(const Key& key, const WalletState& state) {
    const std::size_t rows = rows_of(page_, state);
    if (rows == 0) return;
    const std::size_t last = rows - 1;
    const auto up = [&](std::size_t by) { selected_ -= std::min(selected_, by); };
    const auto down = [&](std::size_t by) { selected_ = std::min(last, selected_ + by); };
    if (key.kind == Kind::up) up(1);
    if (key.kind == Kind::down) down(1);
    if (key.kind == Kind::page_up) up(kJump);
    if (key.kind == Kind::page_down) down(kJump);
    if (key.kind == Kind::home) selected_ = 0;
    if (key.kind == Kind::end) selected_ = last;
    if (page_ == Page::overview || page_ == Page::receive) profile_ = static_cast<std::uint8_t>(selected_);
}

Requests Screen::press(const std::string& letter, const WalletState& state) {
    if (letter == "q") return quit(state);
    if (letter == "?") {
        show(Page::help);
        return {};
    }
    if (letter.size() == 1 && letter[0] >= '1' && letter[0] <= '5') {
        show(static_cast<Page>(letter[0] - '1'));
        return {};
    }
    if (letter == "p" && !state.profiles.empty()) {
        profile_ = static_cast<std::uint8_t>((profile_ + 1U) % state.profiles.size());
        if (page_ == Page::overview || page_ == Page::receive) selected_ = profile_;
        return {};
    }
    if (letter == "c") return copy(state);
    constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kActions{
        {{"s", "send"}, {"h", "shield"}, {"u", "unshield"}, {"t", "stake"}, {"n", "unstake"}, {"w", "claim"}}};
    const auto action = std::ranges::find(kActions, letter, [](const auto& row) { return row.first; });
    if (action != kActions.end()) return pay(std::string(action->second), state);
    return press_on_page(letter, state);
}

Requests Screen::press_on_page(const std::string& letter, const WalletState& state) {
    using How = WalletAgain::How;
    if (page_ == Page::pending && selected_ < state.pending.size() && !is_working(state)) {
        const std::string& id = state.pending[selected_].id;
        if (letter == "f") return {AgainWords{.id = id, .how = How::replace}};
        if (letter == "x") return {AgainWords{.id = id, .how = How::cancel}};
        if (letter == "e") return {AgainWords{.id = id, .how = How::resend}};
    }
    if (page_ == Page::contacts && letter == "a") {
        purpose_ = Purpose::contact;
        form_.emplace("Give an address a name", std::vector<Field>{{.label = "Name"}, {.label = "Address"}});
    }
    if (page_ == Page::contacts && letter == "d" && selected_ < state.contacts.size()) {
        forgets_ = state.contacts[selected_].first;
    }
    if (page_ == Page::receive && letter == "a") {
        purpose_ = Purpose::receive;
        form_.emplace("Ask for a payment",
                      std::vector<Field>{{.label = "Amount", .hint = "DUSK; may be empty", .text = receive_.amount},
                                         {.label = "Memo", .hint = "may be empty", .text = receive_.memo}});
    }
    return {};
}

Requests Screen::pay(const std::string& action, const WalletState& state) {
    if (state.watches) {
        say("this wallet only watches: it has no secret keys", true);
        return {};
    }
    if (is_working(state)) {
        say("one thing after the other: what was asked for is still under way", true);
        return {};
    }
    const Field amount{.label = "Amount", .hint = "DUSK"};
    const Field some{.label = "Amount", .hint = "DUSK; empty: everything"};
    if (action == "send") {
        Field to{.label = "To", .hint = "a contact, an address of either kind, or dusk:…"};
        const bool has_contact = page_ == Page::contacts && selected_ < state.contacts.size();
        if (has_contact) to.text = state.contacts[selected_].first;
        open_payment(action, {to, amount, {.label = "Memo", .hint = "everybody can read it; may be empty"}});
    } else {
        open_payment(action, {action == "unstake" || action == "claim" ? some : amount});
    }
    return {};
}

void Screen::open_payment(const std::string& action, std::vector<Field> fields) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kTitles{
        {{"send", "Pay somebody"},
         {"shield", "From the public account to a shielded note"},
         {"unshield", "From shielded notes to the public account"},
         {"stake", "Stake, to take part in consensus"},
         {"unstake", "Take out of the stake"},
         {"claim", "Take out the rewards of the stake"}}};
    const auto title = std::ranges::find(kTitles, action, [](const auto& row) { return row.first; });
    purpose_ = Purpose::pay;
    action_ = action;
    say({});
    form_.emplace(title == kTitles.end() ? action : std::string(title->second), std::move(fields));
}

Requests Screen::submit(const WalletState& state) {
    const Form form = *std::exchange(form_, {});
    if (purpose_ == Purpose::contact) return {ContactWords{.name = form.text(0), .address = form.text(1)}};
    if (purpose_ == Purpose::receive) {
        const ReceiveView asked{.is_public = receive_.is_public, .amount = form.text(0), .memo = form.text(1)};
        const ProfileView* const profile = profile_of(state, profile_);
        const std::string text = profile == nullptr ? std::string() : receive_text(asked, *profile);
        if (text.empty() || (text.starts_with("dusk:") && !wallet::parse_payment_uri(text))) {
            say("the amount is none, or the memo is longer than 512 bytes", true);
        } else {
            receive_ = asked;
        }
        return {};
    }
    PayWords out{.action = action_, .profile = profile_};
    const bool is_send = action_ == "send";
    if (is_send) out.to = form.text(0);
    out.amount = form.text(is_send ? 1 : 0);
    if (is_send) out.memo = form.text(2);
    return {out};
}

Requests Screen::enter(const WalletState& state) {
    if (page_ == Page::history) details_ = !details_ && history_at(state, selected_) != nullptr;
    if (page_ == Page::contacts && selected_ < state.contacts.size()) return pay("send", state);
    return {};
}

Requests Screen::copy(const WalletState& state) {
    std::string text;
    const ProfileView* const profile = profile_of(state, profile_);
    if (page_ == Page::contacts && selected_ < state.contacts.size()) text = state.contacts[selected_].second;
    if (page_ == Page::pending && selected_ < state.pending.size()) text = state.pending[selected_].id;
    if (page_ == Page::history && history_at(state, selected_) != nullptr) text = history_at(state, selected_)->id;
    if (page_ == Page::receive && profile != nullptr) text = receive_text(receive_, *profile);
    if (page_ == Page::overview && profile != nullptr) text = profile->address;
    if (text.empty()) return {};
    say("handed to the terminal's clipboard");
    return {CopyText{.text = text}};
}

Requests Screen::quit(const WalletState& state) {
    if (is_working(state) && !is_warned_) {
        is_warned_ = true;
        say("what was asked for is still under way: q once more leaves all the same", true);
        return {};
    }
    return {Quit{}};
}

}  // namespace dusk::app::ui
