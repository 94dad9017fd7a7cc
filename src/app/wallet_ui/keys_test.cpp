#include "app/wallet_ui/keys.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace dusk::app::ui {
namespace {

using Kind = Key::Kind;

std::vector<Key> all(KeyReader& reader) {
    std::vector<Key> out;
    while (auto key = reader.next()) out.push_back(*std::move(key));
    return out;
}

std::vector<Kind> kinds(std::string_view bytes, bool settles = false) {
    KeyReader reader;
    reader.feed(bytes);
    if (settles) reader.settle();
    std::vector<Kind> out;
    for (const Key& key : all(reader)) out.push_back(key.kind);
    return out;
}

TEST(Keys, AreReadFromWhatTerminalsSend) {
    EXPECT_EQ(kinds("\x1b[A\x1b[B\x1b[C\x1b[D\x1bOA\x1b[1;5C"),
              (std::vector{Kind::up, Kind::down, Kind::right, Kind::left, Kind::up, Kind::right}));
    EXPECT_EQ(kinds("\x1b[H\x1b[F\x1b[1~\x1b[4~\x1b[3~\x1b[5~\x1b[6~\x1b[Z"),
              (std::vector{Kind::home, Kind::end, Kind::home, Kind::end, Kind::erase, Kind::page_up, Kind::page_down,
                           Kind::back_tab}));
    EXPECT_EQ(kinds("\r\n\t\x7f\x08\x15\x03\x0c\x1a"),
              (std::vector{Kind::enter, Kind::enter, Kind::tab, Kind::backspace, Kind::backspace, Kind::clear,
                           Kind::interrupt, Kind::redraw, Kind::suspend}));
    EXPECT_TRUE(kinds("\x1b[99~\x01\x1b[201~").empty());
}

TEST(Keys, EscapeIsAKeyWhenNothingFollows) {
    EXPECT_TRUE(kinds("\x1b").empty());
    EXPECT_EQ(kinds("\x1b", true), std::vector{Kind::escape});
    EXPECT_EQ(kinds("\x1bq"), (std::vector{Kind::escape, Kind::text}));
    EXPECT_TRUE(kinds("\x1b[1", true).empty());
}

TEST(Keys, CharactersComeWholeAndBrokenOnesNotAtAll) {
    KeyReader reader;
    reader.feed("a\xc3");
    EXPECT_EQ(all(reader), (std::vector<Key>{{.text = "a"}}));
    reader.feed("\xa9\xe2\x82\xac");
    EXPECT_EQ(all(reader), (std::vector<Key>{{.text = "é"}, {.text = "€"}}));
    reader.feed("\xff\xc3x");
    EXPECT_EQ(all(reader), (std::vector<Key>{{.text = "x"}}));
}

TEST(Keys, WhatIsPastedIsOneTextWithoutControlCharacters) {
    KeyReader reader;
    reader.feed("\x1b[200~first\nsec");
    EXPECT_TRUE(all(reader).empty());
    reader.feed("ond\x03\x1b[201~q");
    EXPECT_EQ(all(reader), (std::vector<Key>{{.text = "firstsecond"}, {.text = "q"}}));
    reader.feed("\x1b[200~" + std::string(200'000, 'x'));
    EXPECT_TRUE(all(reader).empty());
    reader.feed("q");  // the end never came: what is typed counts again
    EXPECT_EQ(all(reader), (std::vector<Key>{{.text = "q"}}));
}

}  // namespace
}  // namespace dusk::app::ui
