#include "app/wallet_ui/pages.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "app/terminal_qr.hpp"
#include "ledger/dusk_amount.hpp"

namespace dusk::app::ui {
namespace {

using Lines = std::vector<Line>;

// A list of which only a part is seen, the selected row in it.
struct Window {
    std::size_t first = 0;
    std::size_t end = 0;
};
Window window_of(std::size_t rows, std::size_t selected, std::size_t room) {
    if (rows <= room) return {.first = 0, .end = rows};
    const std::size_t first = std::min(selected > room / 2 ? selected - room / 2 : 0, rows - room);
    return {.first = first, .end = first + room};
}

std::string contact_of(const WalletState& state, const std::string& address) {
    const auto found = std::ranges::find(state.contacts, address, [](const auto& contact) { return contact.second; });
    return found == state.contacts.end() ? std::string() : shown(found->first);
}

std::string short_address(const WalletState& state, const std::string& address) {
    if (const std::string name = contact_of(state, address); !name.empty()) return name;
    const std::string text = shown(address);
    return text.size() <= 20 ? text : fmt::format("{}…{}", text.substr(0, 10), text.substr(text.size() - 6));
}

Style style_of(const HistoryRow& row) {
    if (row.state == "failed") return Style::bad;
    if (row.state == "pending") return Style::notice;
    return row.comes_in && row.state != "replaced" ? Style::good : Style::plain;
}

// "final" where no block can take it back.
std::string state_text(const HistoryRow& row, const WalletState& state) {
    const bool is_final = row.height && state.chain && *row.height <= state.chain->last_final;
    return is_final && (row.state == "done" || row.state == "spent") ? "final" : row.state;
}

std::string row_text(const HistoryRow& row, const WalletState& state, std::size_t columns) {
    const std::string with = row.position ? fmt::format("note {}", *row.position) : short_address(state, row.other);
    const std::string amount = (row.comes_in ? "+" : "") + format_dusk(row.value);
    std::string out = fmt::format("{:>9} {:<9} {:<8} {:>18}", row.height ? std::to_string(*row.height) : "-",
                                  row.action, state_text(row, state), amount);
    if (columns >= 100) out += fmt::format(" {:>13}", row.fee ? format_dusk(*row.fee) : "");
    return out + "  " + with;
}

std::string row_head(std::size_t columns) {
    std::string out = fmt::format("{:>9} {:<9} {:<8} {:>18}", "block", "what", "state", "DUSK");
    if (columns >= 100) out += fmt::format(" {:>13}", "fee");
    return out + "  with";
}

void add_wrapped(Lines& lines, std::string_view label, std::string_view text, std::size_t columns) {
    constexpr std::size_t kLabel = 10;
    bool is_first = true;
    for (const std::string& part : wrapped(text, columns > kLabel ? columns - kLabel : columns)) {
        lines.emplace_back(padded(is_first ? label : "", kLabel) + part);
        is_first = false;
    }
}

// A text over as many whole lines as it takes, so that it is copied as one.
void add_whole(Lines& lines, std::string_view text, std::size_t columns) {
    while (!text.empty()) {
        const std::string_view part = first_cells(text, columns);
        if (part.empty()) return;
        text.remove_prefix(part.size());
        Line line{std::string(part), Style::strong};
        line.goes_on = !text.empty();
        lines.push_back(std::move(line));
    }
}

void add_profile(Lines& lines, const WalletState& state, std::size_t index, bool is_chosen) {
    const ProfileView& profile = state.profiles[index];
    lines.emplace_back(fmt::format("Profile {}", index), is_chosen ? Style::chosen : Style::strong);
    const auto line = [&](std::string_view name, const std::string& text) {
        lines.emplace_back(fmt::format("  {:<9} {:>24}", name, text));
    };
    line("public", profile.status ? amount_text(profile.status->balance) : "…");
    line("shielded", profile.notes ? amount_text(profile.notes->total) : "…");
    if (profile.notes) {
        std::string more = fmt::format("  in {} {}", profile.note_count, profile.note_count == 1 ? "note" : "notes");
        if (profile.notes->spendable < profile.notes->total) {
            more += fmt::format(", at most {} in one payment", format_dusk(profile.notes->spendable));
        }
        if (state.watches) more += ", spent ones included";
        lines.back().spans.push_back({more, Style::faint});
    }
    if (!profile.stake) return;
    const ledger::StakeData& stake = *profile.stake;
    if (stake.amount) {
        line("stake", amount_text(stake.amount->value));
        const std::uint64_t from = stake.amount->eligibility.value;
        const bool counts = state.chain && state.chain->last >= from;
        std::string more = counts ? "  takes part" : fmt::format("  takes part from block {} on", from);
        if (!counts && state.chain) more += fmt::format(" (in {})", from - state.chain->last);
        if (stake.amount->locked > ledger::Lux{}) {
            more += fmt::format(", {} locked by penalties", format_dusk(stake.amount->locked));
        }
        lines.back().spans.push_back({more, Style::faint});
    }
    if (stake.amount || stake.reward > ledger::Lux{}) line("rewards", amount_text(stake.reward));
}

Lines overview(const Screen& screen, const WalletState& state, const Size& size) {
    Lines lines;
    std::size_t chosen_end = 0;
    for (std::size_t i = 0; i < state.profiles.size(); ++i) {
        add_profile(lines, state, i, i == screen.profile() && state.profiles.size() > 1);
        if (i == screen.profile()) chosen_end = lines.size();
    }
    if (chosen_end > size.rows)
        lines.erase(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(chosen_end - size.rows));
    if (lines.size() + 3 > size.rows) return lines;
    lines.emplace_back();
    lines.emplace_back("Latest", Style::strong);
    const std::size_t room = size.rows - lines.size();
    if (rows_of(Page::history, state) == 0) {
        lines.emplace_back(state.history ? "  nothing yet: `4` shows where to be paid" : "  …", Style::faint);
    }
    for (std::size_t i = 0; i < room; ++i) {
        const HistoryRow* const row = history_at(state, i);
        if (row == nullptr) break;
        lines.emplace_back(row_text(*row, state, size.columns), style_of(*row));
    }
    return lines;
}

Lines details(const HistoryRow& row, const WalletState& state, std::size_t columns) {
    Lines lines;
    lines.emplace_back(fmt::format("{} {}", row.action, amount_text(row.value)), Style::strong);
    const auto line = [&](std::string_view name, const std::string& text) { add_wrapped(lines, name, text, columns); };
    line("state", state_text(row, state));
    if (row.height) line("block", std::to_string(*row.height));
    line("profile", std::to_string(row.profile));
    if (row.fee) line("fee", format_dusk(*row.fee) + " DUSK");
    if (row.position) line("note", std::to_string(*row.position));
    if (const std::string name = contact_of(state, row.other); !name.empty()) line("name", name);
    if (!row.memo.empty()) line("memo", shown(row.memo));
    if (!row.error.empty()) line("error", shown(row.error));
    if (!row.other.empty()) {
        lines.emplace_back(row.comes_in ? "from" : "to");
        add_whole(lines, shown(row.other), columns);
    }
    if (!row.id.empty()) {
        lines.emplace_back("transaction");
        add_whole(lines, row.id, columns);
    }
    return lines;
}

Lines history(const Screen& screen, const WalletState& state, const Size& size) {
    if (!state.history) return {Line("…")};
    const std::size_t count = state.history->size();
    const HistoryRow* const chosen = history_at(state, screen.selected());
    if (screen.shows_details() && chosen != nullptr) return details(*chosen, state, size.columns);
    Lines lines{Line(row_head(size.columns), Style::faint)};
    const bool has_note = !state.has_archive && size.rows > 6;
    const Window window =
        window_of(count, screen.selected(), size.rows - std::min<std::size_t>(size.rows, has_note ? 3 : 1));
    for (std::size_t i = window.first; i < window.end; ++i) {
        const HistoryRow& row = *history_at(state, i);
        const std::string text = row_text(row, state, size.columns);
        lines.emplace_back(i == screen.selected() ? padded(text, size.columns) : text,
                           i == screen.selected() ? Style::chosen : style_of(row));
    }
    if (count == 0) lines.emplace_back("nothing yet", Style::faint);
    if (has_note) {
        lines.emplace_back();
        lines.emplace_back("The node has no archive: public payments by others are not here.", Style::faint);
    }
    return lines;
}

Lines pending(const Screen& screen, const WalletState& state, const Size& size) {
    if (state.pending.empty()) return {Line("Nothing waits for its block.", Style::faint)};
    Lines lines;
    const Window window = window_of(state.pending.size(), screen.selected(), size.rows);
    for (std::size_t i = window.first; i < window.end; ++i) {
        const PendingView& one = state.pending[i];
        const std::string where = !one.in_mempool   ? "…"
                                  : *one.in_mempool ? "waits in the mempool"
                                                    : "not known to the node: e";
        const std::string text =
            fmt::format("{}  {:<9} {:>18}  {} lux a gas  {}  {}", one.id.substr(0, 10), one.action,
                        format_dusk(one.value), one.gas_price.value, where, short_address(state, one.to));
        lines.emplace_back(i == screen.selected() ? padded(text, size.columns) : text,
                           i == screen.selected() ? Style::chosen : Style::plain);
    }
    return lines;
}

Lines receive(const Screen& screen, const WalletState& state, const Size& size) {
    if (screen.profile() >= state.profiles.size()) return {};
    const ReceiveView& view = screen.receive();
    const std::string text = receive_text(view, state.profiles[screen.profile()]);
    Lines lines;
    lines.emplace_back(
        fmt::format("{} of profile {}", view.is_public ? "Public account" : "Shielded address", screen.profile()),
        Style::strong);
    add_whole(lines, text, size.columns);
    const auto rows = qr_rows(text);
    if (!rows) return lines;
    const std::size_t width = rows->empty() ? 0 : width_of(rows->front());
    if (rows->size() + lines.size() > size.rows || width > size.columns) {
        lines.emplace_back("The QR code needs a larger screen: " + fmt::format("{} x {}", width, rows->size() + 8),
                           Style::faint);
        return lines;
    }
    for (const std::string& row : *rows) lines.emplace_back(row, Style::code);
    return lines;
}

Lines contacts(const Screen& screen, const WalletState& state, const Size& size) {
    if (state.contacts.empty()) return {Line("The address book is empty: a adds a name.", Style::faint)};
    Lines lines;
    const bool has_room = size.rows > 6;
    const Window window = window_of(state.contacts.size(), screen.selected(), has_room ? size.rows - 4 : size.rows);
    for (std::size_t i = window.first; i < window.end; ++i) {
        const auto& [name, address] = state.contacts[i];
        const std::string text = padded(shown(name), 20) + "  " + shown(address);
        lines.emplace_back(padded(text, size.columns), i == screen.selected() ? Style::chosen : Style::plain);
    }
    if (has_room && screen.selected() < state.contacts.size()) {
        lines.emplace_back();
        add_whole(lines, shown(state.contacts[screen.selected()].second), size.columns);
    }
    return lines;
}

Lines help() {
    return {Line("Pages", Style::strong),
            Line("  1 overview   2 history   3 pending   4 receive   5 contacts   Esc back"),
            Line("Pay", Style::strong),
            Line("  s send   h shield (public to shielded)   u unshield (shielded to public)"),
            Line("  t stake   n unstake   w withdraw rewards"),
            Line("Lists", Style::strong),
            Line("  arrows, Page Up, Page Down, Home, End   p the next profile   c copy"),
            Line("  history: Enter shows all of a payment"),
            Line("  pending: f a higher fee   x cancel   e send again"),
            Line("  receive: Tab public or shielded   a ask for an amount"),
            Line("  contacts: Enter pays   a add   d forget"),
            Line("Ctrl-L draws anew, Ctrl-Z stops for a while, q or Ctrl-C leaves.", Style::faint)};
}

}  // namespace

std::string amount_text(ledger::Lux amount) {
    std::string out = format_dusk(amount);
    const std::size_t point = std::min(out.find('.'), out.size());
    for (std::size_t at = point; at > 3; at -= 3) out.insert(at - 3, ",");
    return out + " DUSK";
}

std::vector<Line> page_lines(const Screen& screen, const WalletState& state, const Size& size) {
    switch (screen.page()) {
        case Page::overview:
            return overview(screen, state, size);
        case Page::history:
            return history(screen, state, size);
        case Page::pending:
            return pending(screen, state, size);
        case Page::receive:
            return receive(screen, state, size);
        case Page::contacts:
            return contacts(screen, state, size);
        case Page::help:
            return help();
    }
    return {};
}

}  // namespace dusk::app::ui
