#include "app/wallet_ui/picture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dusk::app::ui {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

TEST(Picture, WidthIsCountedInCells) {
    EXPECT_EQ(width_of(""), 0U);
    EXPECT_EQ(width_of("abc"), 3U);
    EXPECT_EQ(width_of("é…"), 2U);
    EXPECT_EQ(width_of("e\u0301"), 1U);
    EXPECT_EQ(width_of("日本"), 4U);
    EXPECT_EQ(first_cells("日本", 3), "日");
    EXPECT_EQ(cut("abcdef", 4), "abc…");
    EXPECT_EQ(cut("abc", 3), "abc");
    EXPECT_EQ(cut("abc", 0), "");
    EXPECT_EQ(padded("日", 4), "日  ");
    EXPECT_THAT(wrapped("one two three", 7), ElementsAre("one two", "three"));
    EXPECT_THAT(wrapped("abcdefgh", 3), ElementsAre("abc", "def", "gh"));
    EXPECT_THAT(wrapped("", 3), ElementsAre(""));
}

TEST(Picture, WhatATerminalWouldActOnIsNotShown) {
    EXPECT_EQ(shown("a\x1b[2Jb\r\n\x7f"), "a?[2Jb???");
    EXPECT_EQ(shown("Zoë 日本"), "Zoë 日本");
    EXPECT_EQ(shown("pay\u202eyap\u200b"), "pay?yap?");
    EXPECT_EQ(shown("\xc3(\xff\xed\xa0\x80"), "?(????");
    EXPECT_EQ(shown("\xc2\x9b"), "?");  // a control character of one cell
}

TEST(Picture, FitsTheScreen) {
    const Picture picture = fitted({Line("abcdef"), Line("日本"), Line("x"), Line("y")}, {.rows = 3, .columns = 3});
    ASSERT_EQ(picture.lines.size(), 3U);
    EXPECT_EQ(picture.lines[0].text(), "abc");
    EXPECT_EQ(picture.lines[1].text(), "日");
    EXPECT_EQ(fitted({}, {.rows = 2, .columns = 3}).lines.size(), 2U);
}

TEST(Picture, OnlyWhatChangedIsWritten) {
    const Size size{.rows = 2, .columns = 10};
    const Picture before = fitted({Line("first"), Line("second")}, size);
    const Picture after = fitted({Line("first"), Line("other")}, size);
    const std::string text = difference(after, &before, true);
    EXPECT_THAT(text, HasSubstr("other"));
    EXPECT_THAT(text, Not(HasSubstr("first")));
    EXPECT_THAT(difference(after, nullptr, true), HasSubstr("first"));
    const Picture larger = fitted({Line("first")}, {.rows = 3, .columns = 10});
    EXPECT_THAT(difference(larger, &before, true), HasSubstr("\x1b[2J"));
}

TEST(Picture, ALineThatGoesOnIsWrittenInOneGo) {
    Line first("abcde");
    first.goes_on = true;
    const Picture picture = fitted({first, Line("fg")}, {.rows = 2, .columns = 5});
    EXPECT_THAT(difference(picture, nullptr, false), HasSubstr("abcde\x1b[0m\x1b[0mfg"));
    // One that does not fill the screen ends there.
    EXPECT_FALSE(fitted({first, Line("fg")}, {.rows = 2, .columns = 6}).lines[0].goes_on);
}

TEST(Picture, WithoutColoursThereAreNone) {
    const std::vector<Line> lines{Line("a", Style::good), Line("b", Style::bad), Line("c", Style::notice),
                                  Line("d", Style::code)};
    const Picture picture = fitted(lines, {.rows = 4, .columns = 3});
    const std::string plain = difference(picture, nullptr, false);
    for (const char* colour : {"31m", "32m", "33m", "97", "40m"}) EXPECT_THAT(plain, Not(HasSubstr(colour)));
    EXPECT_THAT(difference(picture, nullptr, true), HasSubstr("32m"));
}

TEST(Picture, TheCursorStandsWhereItIsWanted) {
    Picture picture = fitted({Line("a")}, {.rows = 3, .columns = 9});
    EXPECT_THAT(difference(picture, nullptr, true), Not(HasSubstr("\x1b[?25h")));
    picture.cursor = Picture::Place{.row = 1, .column = 4};
    EXPECT_THAT(difference(picture, nullptr, true), HasSubstr("\x1b[2;5H\x1b[?25h"));
}

}  // namespace
}  // namespace dusk::app::ui
