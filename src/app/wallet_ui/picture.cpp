#include "app/wallet_ui/picture.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>

namespace dusk::app::ui {
namespace {

struct Character {
    char32_t code = 0;
    std::size_t bytes = 1;
    bool is_good = false;
};

// The first character of a text that is not empty.
Character first_of(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned first = byte(0);
    if (first < 0x80) return {.code = first, .bytes = 1, .is_good = true};
    const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || text.size() < length) return {};
    char32_t code = first & (0x7fU >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xc0U) != 0x80) return {};
        code = (code << 6U) | (byte(i) & 0x3fU);
    }
    constexpr std::array<char32_t, 5> kLeast{0, 0, 0x80, 0x800, 0x10000};
    if (code < kLeast.at(length) || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return {};
    return {.code = code, .bytes = length, .is_good = true};
}

struct Range {
    char32_t first;
    char32_t last;
};
// Unicode 15, in its large blocks: what is drawn two cells wide, what joins the character before it, and what must not
// reach a terminal.
constexpr std::array<Range, 11> kWide{{{0x1100, 0x115f},
                                       {0x2e80, 0x303e},
                                       {0x3041, 0xa4cf},
                                       {0xac00, 0xd7a3},
                                       {0xf900, 0xfaff},
                                       {0xfe30, 0xfe6f},
                                       {0xff00, 0xff60},
                                       {0xffe0, 0xffe6},
                                       {0x1f300, 0x1f64f},
                                       {0x1f900, 0x1f9ff},
                                       {0x20000, 0x3fffd}}};
constexpr std::array<Range, 5> kJoining{
    {{0x300, 0x36f}, {0x483, 0x489}, {0x1ab0, 0x1aff}, {0x20d0, 0x20ff}, {0xfe00, 0xfe0f}}};
constexpr std::array<Range, 8> kUnsafe{{{0, 0x1f},
                                        {0x7f, 0x9f},
                                        {0xad, 0xad},
                                        {0x61c, 0x61c},
                                        {0x200b, 0x200f},
                                        {0x2028, 0x202e},
                                        {0x2060, 0x206f},
                                        {0xfeff, 0xfeff}}};

template <std::size_t kCount>
bool is_in(const std::array<Range, kCount>& ranges, char32_t code) {
    return std::ranges::any_of(ranges, [&](const Range& range) { return code >= range.first && code <= range.last; });
}

std::size_t cells_of(char32_t code) {
    if (is_in(kJoining, code)) return 0;
    return is_in(kWide, code) ? 2 : 1;
}

// Select graphic rendition (ECMA-48).
std::string_view look_of(Style style, bool colours) {
    switch (style) {
        case Style::plain:
            return "\x1b[0m";
        case Style::strong:
            return "\x1b[0;1m";
        case Style::faint:
            return "\x1b[0;2m";
        case Style::chosen:
            return "\x1b[0;7m";
        case Style::good:
            return colours ? "\x1b[0;32m" : "\x1b[0m";
        case Style::bad:
            return colours ? "\x1b[0;1;31m" : "\x1b[0;1m";
        case Style::notice:
            return colours ? "\x1b[0;33m" : "\x1b[0;1m";
        case Style::code:
            return colours ? "\x1b[0;97;40m" : "\x1b[0m";
    }
    return "\x1b[0m";
}

std::string written(const Line& line, bool colours) {
    std::string out;
    for (const Span& span : line.spans) out += fmt::format("{}{}", look_of(span.style, colours), span.text);
    return out + "\x1b[0m";
}

std::string clear_row(std::size_t row) { return fmt::format("\x1b[{};1H\x1b[2K", row + 1); }

Line narrowed(const Line& line, std::size_t columns) {
    Line out;
    out.goes_on = line.goes_on;
    std::size_t left = columns;
    for (const Span& span : line.spans) {
        const std::string_view text = first_cells(span.text, left);
        left -= width_of(text);
        if (!text.empty()) out.spans.push_back({std::string(text), span.style});
        if (text.size() < span.text.size()) break;
    }
    return out;
}

}  // namespace

std::string Line::text() const {
    std::string out;
    for (const Span& span : spans) out += span.text;
    return out;
}

std::string shown(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const Character next = first_of(text);
        if (next.is_good && !is_in(kUnsafe, next.code)) {
            out += text.substr(0, next.bytes);
        } else {
            out += '?';
        }
        text.remove_prefix(next.bytes);
    }
    return out;
}

std::size_t width_of(std::string_view text) {
    std::size_t out = 0;
    while (!text.empty()) {
        const Character next = first_of(text);
        out += cells_of(next.code);
        text.remove_prefix(next.bytes);
    }
    return out;
}

std::string_view first_cells(std::string_view text, std::size_t cells) {
    std::size_t size = 0;
    std::size_t width = 0;
    while (size < text.size()) {
        const Character next = first_of(text.substr(size));
        width += cells_of(next.code);
        if (width > cells) break;
        size += next.bytes;
    }
    return text.substr(0, size);
}

std::string cut(std::string_view text, std::size_t cells) {
    if (width_of(text) <= cells) return std::string(text);
    if (cells == 0) return {};
    return std::string(first_cells(text, cells - 1)) + "…";
}

std::string padded(std::string_view text, std::size_t cells) {
    std::string out = cut(text, cells);
    out.append(cells - width_of(out), ' ');
    return out;
}

std::vector<std::string> wrapped(std::string_view text, std::size_t cells) {
    std::vector<std::string> out;
    cells = std::max<std::size_t>(cells, 2);
    while (width_of(text) > cells) {
        std::string_view part = first_cells(text, cells);
        // At the last blank, where the word after it would be cut.
        if (const auto blank = text.substr(0, part.size() + 1).rfind(' ');
            blank != std::string_view::npos && blank > 0) {
            part = text.substr(0, blank);
        }
        out.emplace_back(part);
        text.remove_prefix(part.size());
        while (text.starts_with(' ')) text.remove_prefix(1);
    }
    out.emplace_back(text);
    return out;
}

Picture fitted(std::vector<Line> lines, const Size& size) {
    lines.resize(size.rows);
    for (Line& line : lines) {
        line = narrowed(line, size.columns);
        line.goes_on = line.goes_on && width_of(line.text()) == size.columns;
    }
    return {.size = size, .lines = std::move(lines)};
}

std::string difference(const Picture& now, const Picture* before, bool colours) {
    const bool is_new = before == nullptr || before->size != now.size;
    std::string out = "\x1b[?25l";
    if (is_new) out += "\x1b[0m\x1b[2J";
    for (std::size_t row = 0; row < now.lines.size();) {
        std::size_t end = row + 1;  // behind the lines that belong together
        while (end < now.lines.size() && now.lines[end - 1].goes_on) ++end;
        bool is_same = !is_new;
        for (std::size_t i = row; i < end && is_same; ++i) is_same = now.lines[i] == before->lines[i];
        if (!is_same) {
            for (std::size_t i = end; i-- > row;) out += clear_row(i);
            // Back to the first; lines that go on fill the width, and the terminal itself goes to the next one.
            out += fmt::format("\x1b[{};1H", row + 1);
            for (std::size_t i = row; i < end; ++i) out += written(now.lines[i], colours);
        }
        row = end;
    }
    if (now.cursor) out += fmt::format("\x1b[{};{}H\x1b[?25h", now.cursor->row + 1, now.cursor->column + 1);
    return out;
}

}  // namespace dusk::app::ui
