// What a person presses, from the bytes that a terminal sends (ECMA-48, and what xterm made usual).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dusk::app::ui {

struct Key {
    enum class Kind : std::uint8_t {
        text,  // one character, or all that was pasted
        enter,
        escape,
        tab,
        back_tab,
        backspace,
        erase,  // "Delete"
        clear,  // Ctrl-U
        up,
        down,
        left,
        right,
        home,
        end,
        page_up,
        page_down,
        redraw,     // Ctrl-L
        interrupt,  // Ctrl-C
        suspend,    // Ctrl-Z
    };
    Kind kind = Kind::text;
    std::string text{};  // UTF-8 without control characters

    friend bool operator==(const Key&, const Key&) = default;
};

// Takes bytes as they come. What is no key is dropped; it keeps 64 KiB at most, the rest of a longer paste is dropped.
class KeyReader {
  public:
    void feed(std::string_view bytes);
    // Nothing more came for a while: an escape character that stands alone is the key of that name, and what was cut
    // short is dropped.
    void settle();
    // Nothing where no key is complete.
    [[nodiscard]] std::optional<Key> next();

  private:
    [[nodiscard]] std::optional<Key> next_sequence();
    [[nodiscard]] std::optional<Key> next_paste();
    [[nodiscard]] std::optional<Key> next_character();
    [[nodiscard]] Key take(std::size_t bytes, Key key);

    std::string bytes_;
    bool is_settled_ = false;
};

}  // namespace dusk::app::ui
