#include "app/wallet_ui/drawing.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "app/wallet_ui/pages.hpp"

namespace dusk::app::ui {
namespace {

using Lines = std::vector<Line>;

// Left and right on one line; the right one goes first where there is no room.
Line spread(std::vector<Span> left, std::vector<Span> right, std::size_t columns) {
    const auto width = [](const std::vector<Span>& spans) {
        std::size_t out = 0;
        for (const Span& span : spans) out += width_of(span.text);
        return out;
    };
    const std::size_t taken = width(left) + width(right);
    if (taken + 1 > columns) return Line(std::move(left));
    left.push_back({.text = std::string(columns - taken, ' ')});
    left.insert(left.end(), right.begin(), right.end());
    return Line(std::move(left));
}

Line head(const WalletState& state, std::size_t columns) {
    std::vector<Span> left{{"dusk wallet", Style::strong}, {"  " + shown(state.network), Style::faint}};
    if (state.watches) left.push_back({"  only watches", Style::notice});
    std::vector<Span> right;
    if (!state.trouble.empty()) {
        right.push_back({"no answer from " + shown(state.node), Style::bad});
    } else if (state.chain) {
        right.push_back({fmt::format("block {}, final {}", state.chain->last, state.chain->last_final), Style::strong});
        right.push_back({"  " + shown(state.node), Style::faint});
    } else {
        right.push_back({"asking " + shown(state.node), Style::faint});
    }
    return spread(std::move(left), std::move(right), columns);
}

Line tabs(const Screen& screen, const WalletState& state) {
    std::vector<Span> out;
    for (std::size_t i = 0; i < kPageNames.size(); ++i) {
        const auto page = static_cast<Page>(i);
        std::string name = fmt::format(" {} {} ", page == Page::help ? "?" : std::to_string(i + 1), kPageNames.at(i));
        if (page == Page::pending && !state.pending.empty()) name += fmt::format("({}) ", state.pending.size());
        out.push_back({std::move(name), page == screen.page() ? Style::chosen : Style::plain});
    }
    return Line(std::move(out));
}

// What goes on, else what was said last, else how far notes are known.
Line foot(const Screen& screen, const WalletState& state, std::chrono::steady_clock::time_point now) {
    if (state.progress) return {to_string(*state.progress, now), Style::notice};
    if (state.job.kind == Job::Kind::working) return {state.job.text + " …", Style::notice};
    if (!screen.message().empty()) {
        return {shown(screen.message()), screen.is_error() ? Style::bad : Style::good};
    }
    if (!state.trouble.empty()) return {shown(state.trouble), Style::bad};
    if (!state.sync_trouble.empty()) return {shown(state.sync_trouble), Style::bad};
    if (state.read_height) return {fmt::format("notes are known up to block {}", *state.read_height), Style::faint};
    return {};
}

std::string_view hints(const Screen& screen, const WalletState& state) {
    if (state.job.kind == Job::Kind::asks || !screen.forgets().empty()) return "y yes   n no";
    if (screen.form()) return "Enter next, at the end: go on   Tab next field   Ctrl-U empty   Esc leave";
    switch (screen.page()) {
        case Page::history:
            return "Enter details   c copy   s send   ? help   q quit";
        case Page::pending:
            return "f higher fee   x cancel   e send again   c copy   ? help   q quit";
        case Page::receive:
            return "Tab public or shielded   a amount   p profile   c copy   ? help   q quit";
        case Page::contacts:
            return "Enter pay   a add   d forget   c copy   ? help   q quit";
        default:
            return state.watches ? "p profile   c copy   ? help   q quit"
                                 : "s send   h shield   u unshield   t stake   ? help   q quit";
    }
}

// Several lines of text with room for as many rows.
Lines text_lines(std::string_view text, std::size_t columns) {
    Lines out;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        for (const std::string& part : wrapped(shown(text.substr(0, end)), columns)) out.emplace_back(part);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

// The fields of a form, and where the cursor stands in them.
struct DrawnForm {
    Lines lines{};
    Picture::Place cursor{};
};
DrawnForm form_lines(const Form& form, std::size_t columns) {
    constexpr std::size_t kLabel = 9;
    DrawnForm out;
    out.lines = {Line(form.title(), Style::strong), Line()};
    const std::size_t room = columns > kLabel + 2 ? columns - kLabel - 1 : 1;
    for (std::size_t i = 0; i < form.fields().size(); ++i) {
        const Field& field = form.fields()[i];
        // The end of a long text that the cursor is in.
        std::string_view before = std::string_view(field.text).substr(0, field.cursor);
        std::size_t skipped = 0;
        while (width_of(before) >= room) {
            const std::size_t step =
                first_cells(before, 1).empty() ? first_cells(before, 2).size() : first_cells(before, 1).size();
            skipped += step;
            before.remove_prefix(step);
        }
        const std::string label = padded(field.label, kLabel);
        const bool has_focus = i == form.focus();
        Line line(label, has_focus ? Style::strong : Style::plain);
        if (field.text.empty()) {
            line.spans.push_back({field.hint, Style::faint});
        } else {
            line.spans.push_back({.text = shown(std::string_view(field.text).substr(skipped))});
        }
        if (has_focus) out.cursor = {.row = out.lines.size(), .column = kLabel + width_of(before)};
        out.lines.push_back(std::move(line));
    }
    return out;
}

}  // namespace

Picture drawing_of(const Screen& screen, const WalletState& state, const Size& size,
                   std::chrono::steady_clock::time_point now) {
    // Of a low screen the head goes first, then the pages' names.
    const bool has_head = size.rows >= 6;
    const bool has_tabs = size.rows >= 8;
    Lines lines;
    if (has_head) lines.push_back(head(state, size.columns));
    if (has_tabs) {
        lines.push_back(tabs(screen, state));
        lines.emplace_back();
    }
    const std::size_t feet = size.rows >= 3 ? 2 : 0;
    const std::size_t room = size.rows - std::min(size.rows, lines.size() + feet);
    const std::size_t first = lines.size();
    std::optional<Picture::Place> cursor;
    Lines body;
    if (state.job.kind == Job::Kind::asks) {
        body = text_lines(state.job.text, size.columns);
        if (body.size() + 2 <= room) body.emplace_back();
        if (body.size() + 1 > room) body.resize(room == 0 ? 0 : room - 1);
        body.emplace_back("Go on? y yes, n no", Style::notice);
    } else if (screen.form()) {
        DrawnForm form = form_lines(*screen.form(), size.columns);
        // A field that is below the screen is brought up.
        const std::size_t hidden = form.cursor.row >= room && room > 0 ? form.cursor.row - room + 1 : 0;
        form.lines.erase(form.lines.begin(), form.lines.begin() + static_cast<std::ptrdiff_t>(hidden));
        cursor = {.row = first + form.cursor.row - hidden, .column = std::min(form.cursor.column, size.columns - 1)};
        body = std::move(form.lines);
    } else if (!screen.forgets().empty()) {
        body = text_lines(fmt::format("Forget the contact {}?", screen.forgets()), size.columns);
    } else {
        body = page_lines(screen, state, {.rows = room, .columns = size.columns});
    }
    body.resize(room);
    lines.insert(lines.end(), body.begin(), body.end());
    if (feet > 0) {
        lines.push_back(foot(screen, state, now));
        lines.emplace_back(std::string(hints(screen, state)), Style::faint);
    }
    Picture out = fitted(std::move(lines), size);
    out.cursor = cursor;
    return out;
}

}  // namespace dusk::app::ui
