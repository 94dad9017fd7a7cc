#include "app/wallet_ui/keys.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/bytes.hpp"
#include "base/utf8.hpp"

namespace dusk::app::ui {
namespace {

using Kind = Key::Kind;

constexpr std::size_t kMostBytes = std::size_t{64} << 10;
constexpr std::size_t kLongestSequence = 32;
constexpr char kEscape = '\x1b';
constexpr std::string_view kPasteBegin = "\x1b[200~";
constexpr std::string_view kPasteEnd = "\x1b[201~";

constexpr std::array<std::pair<char, Kind>, 10> kControls{{{'\x03', Kind::interrupt},
                                                           {'\x08', Kind::backspace},
                                                           {'\t', Kind::tab},
                                                           {'\n', Kind::enter},
                                                           {'\x0c', Kind::redraw},
                                                           {'\r', Kind::enter},
                                                           {'\x15', Kind::clear},
                                                           {'\x1a', Kind::suspend},
                                                           {'\x7f', Kind::backspace},
                                                           {kEscape, Kind::escape}}};
// The last character of a sequence, and of those that end with "~" the number.
constexpr std::array<std::pair<char, Kind>, 7> kFinals{{{'A', Kind::up},
                                                        {'B', Kind::down},
                                                        {'C', Kind::right},
                                                        {'D', Kind::left},
                                                        {'F', Kind::end},
                                                        {'H', Kind::home},
                                                        {'Z', Kind::back_tab}}};
constexpr std::array<std::pair<char, Kind>, 7> kNumbers{{{'1', Kind::home},
                                                         {'3', Kind::erase},
                                                         {'4', Kind::end},
                                                         {'5', Kind::page_up},
                                                         {'6', Kind::page_down},
                                                         {'7', Kind::home},
                                                         {'8', Kind::end}}};

template <std::size_t kCount>
std::optional<Kind> find(const std::array<std::pair<char, Kind>, kCount>& table, char c) {
    const auto found = std::ranges::find(table, c, [](const auto& row) { return row.first; });
    return found == table.end() ? std::nullopt : std::optional(found->second);
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == '\x7f'; }

// Of a character, by its first byte; 0 where it is none.
std::size_t length_of(char first) {
    const auto byte = static_cast<unsigned char>(first);
    if (byte < 0x80) return 1;
    if (byte >= 0xc2 && byte < 0xe0) return 2;
    if (byte >= 0xe0 && byte < 0xf0) return 3;
    return byte >= 0xf0 && byte < 0xf5 ? 4 : 0;
}

// A text of several lines becomes one.
std::string pasted(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (!is_control(c)) out.push_back(c);
    }
    return is_utf8(as_bytes(out)) ? out : std::string();
}

}  // namespace

void KeyReader::feed(std::string_view bytes) {
    bytes_ += bytes.substr(0, kMostBytes - std::min(kMostBytes, bytes_.size()));
    is_settled_ = false;
}

void KeyReader::settle() { is_settled_ = true; }

Key KeyReader::take(std::size_t bytes, Key key) {
    bytes_.erase(0, bytes);
    return key;
}

std::optional<Key> KeyReader::next() {
    while (!bytes_.empty()) {
        const std::size_t before = bytes_.size();
        auto key = bytes_.front() == kEscape ? next_sequence() : next_character();
        if (key || bytes_.size() == before) return key;
    }
    return {};
}

std::optional<Key> KeyReader::next_paste() {
    const auto end = bytes_.find(kPasteEnd);
    if (end == std::string::npos) {
        // An end that does not come, or lies behind what is kept.
        if (is_settled_ || bytes_.size() >= kMostBytes) bytes_.clear();
        return {};
    }
    const std::string text = pasted(std::string_view(bytes_).substr(kPasteBegin.size(), end - kPasteBegin.size()));
    bytes_.erase(0, end + kPasteEnd.size());
    if (text.empty()) return {};
    return Key{.kind = Kind::text, .text = text};
}

std::optional<Key> KeyReader::next_sequence() {
    if (bytes_.starts_with(kPasteBegin)) return next_paste();
    if (bytes_.size() == 1) {
        if (!is_settled_) return {};
        return take(1, {.kind = Kind::escape});
    }
    if (bytes_[1] != '[' && bytes_[1] != 'O') return take(1, {.kind = Kind::escape});
    const auto is_final = [](char c) { return c >= '@' && c <= '~'; };
    const auto final = std::find_if(bytes_.begin() + 2, bytes_.end(), is_final);
    if (final == bytes_.end()) {
        if (is_settled_ || bytes_.size() > kLongestSequence) bytes_.clear();
        return {};
    }
    const auto kind = *final == '~' ? find(kNumbers, bytes_[2]) : find(kFinals, *final);
    bytes_.erase(bytes_.begin(), final + 1);
    if (!kind) return {};
    return Key{.kind = *kind};
}

std::optional<Key> KeyReader::next_character() {
    const char first = bytes_.front();
    if (is_control(first)) {
        const auto kind = find(kControls, first);
        bytes_.erase(0, 1);
        if (!kind) return {};
        return Key{.kind = *kind};
    }
    const std::size_t length = length_of(first);
    if (length > bytes_.size() && !is_settled_) return {};
    std::string text = bytes_.substr(0, length);
    if (length == 0 || !is_utf8(as_bytes(text))) {
        bytes_.erase(0, 1);
        return {};
    }
    return take(length, {.kind = Kind::text, .text = std::move(text)});
}

}  // namespace dusk::app::ui
