// What is to stand on a screen: lines of text with styles, and what a terminal is sent so that it stands there.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dusk::app::ui {

enum class Style : std::uint8_t {
    plain,
    strong,
    faint,
    chosen,  // foreground and background change places
    good,
    bad,
    notice,
    code,  // white on black, whatever the terminal's colours: QR codes
};

struct Span {
    std::string text{};
    Style style = Style::plain;
    friend bool operator==(const Span&, const Span&) = default;
};

struct Line {
    std::vector<Span> spans{};
    // The next line is the rest of the same text: no end of line stands between the two when a person copies them.
    bool goes_on = false;

    Line() = default;
    Line(std::string text, Style style = Style::plain) : spans{{std::move(text), style}} {}
    Line(std::vector<Span> all) : spans(std::move(all)) {}
    [[nodiscard]] std::string text() const;
    friend bool operator==(const Line&, const Line&) = default;
};

struct Size {
    std::size_t rows = 24;
    std::size_t columns = 80;
    friend bool operator==(const Size&, const Size&) = default;
};

struct Picture {
    Size size{};
    std::vector<Line> lines{};  // as many as there are rows, none wider than the screen
    struct Place {
        std::size_t row = 0;
        std::size_t column = 0;
        friend bool operator==(const Place&, const Place&) = default;
    };
    std::optional<Place> cursor{};
    friend bool operator==(const Picture&, const Picture&) = default;
};

// Text from outside without what a terminal would act on: control characters, those that turn the direction of writing
// and what is no UTF-8 become "?".
[[nodiscard]] std::string shown(std::string_view text);

// Cells that a text takes: wide characters two, marks that join others none.
[[nodiscard]] std::size_t width_of(std::string_view text);
// The beginning of a text that takes so many cells at most.
[[nodiscard]] std::string_view first_cells(std::string_view text, std::size_t cells);
// Cut with "…" at the end, or filled with blanks.
[[nodiscard]] std::string cut(std::string_view text, std::size_t cells);
[[nodiscard]] std::string padded(std::string_view text, std::size_t cells);
// In parts that take so many cells at most; where it can at blanks.
[[nodiscard]] std::vector<std::string> wrapped(std::string_view text, std::size_t cells);

// With as many lines as the screen has, none too wide.
[[nodiscard]] Picture fitted(std::vector<Line> lines, const Size& size);

// What turns one picture on a terminal into another; without `before`, whatever stands there. Colours only where they
// are wanted.
[[nodiscard]] std::string difference(const Picture& now, const Picture* before, bool colours);

}  // namespace dusk::app::ui
