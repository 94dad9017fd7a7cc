#include "app/wallet_ui/drawing.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/wallet_ui/pages.hpp"
#include "app/wallet_ui/test_state.hpp"

namespace dusk::app::ui {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr std::chrono::steady_clock::time_point kNow{};

class Drawing : public testing::Test {
  protected:
    std::string text(const Size& size = {.rows = 24, .columns = 80}) {
        std::string out;
        for (const Line& line : drawing_of(screen, state, size, kNow).lines) out += line.text() + "\n";
        return out;
    }
    void press(const std::string& key) { (void)screen.handle(letter(key), state); }

    WalletState state = some_state();
    Screen screen;
};

TEST_F(Drawing, TheOverviewTellsWhatIsThere) {
    state.profiles[0].stake = ledger::StakeData{
        .amount = ledger::StakeAmount{.value = {1'000'000'000'000}, .locked = {}, .eligibility = {4320}}, .reward = {}};
    EXPECT_THAT(text(),
                AllOf(HasSubstr("block 120, final 118"), HasSubstr("1,234.567890123 DUSK"),
                      HasSubstr("5 DUSK  in 7 notes, at most 4 in one payment"),
                      HasSubstr("takes part from block 4320 on (in 4200)"), HasSubstr("+2"), HasSubstr("final")));
}

TEST_F(Drawing, WhatIsNotKnownYetIsNotNothing) {
    state.profiles[0].status.reset();
    state.history.reset();
    EXPECT_THAT(text(), HasSubstr("public                           …"));
    EXPECT_THAT(text(), Not(HasSubstr("nothing yet")));
}

TEST_F(Drawing, AQuestionStandsOverEverything) {
    state.job = {.kind = Job::Kind::asks, .text = "Send 5 DUSK\n  to        bob\n"};
    press("2");
    EXPECT_THAT(text(), AllOf(HasSubstr("Send 5 DUSK"), HasSubstr("to        bob"), HasSubstr("y yes   n no")));
    EXPECT_THAT(text({.rows = 3, .columns = 30}), HasSubstr("Go on?"));
}

TEST_F(Drawing, ProgressShowsTheTimeThatIsLeft) {
    state.progress = ProgressState{
        .what = "Proving", .begin = kNow - std::chrono::milliseconds(500), .expected = std::chrono::milliseconds(1500)};
    EXPECT_THAT(text(), HasSubstr("Proving … 0.5 s, about 1.0 s left"));
    state.progress = ProgressState{.what = "Looking for notes", .percent = 40};
    EXPECT_THAT(text(), HasSubstr("Looking for notes … 40 %"));
}

TEST_F(Drawing, ANodeThatDoesNotAnswerIsNamed) {
    state.trouble = "connection refused";
    EXPECT_THAT(text(), AllOf(HasSubstr("no answer from 127.0.0.1:8080"), HasSubstr("connection refused")));
}

TEST_F(Drawing, TheAddressCanBeCopiedAsAWhole) {
    press("4");
    const Picture picture = drawing_of(screen, state, {.rows = 60, .columns = 40}, kNow);
    std::string joined;
    bool goes_on = false;
    for (const Line& line : picture.lines) {
        if (goes_on || line.goes_on) joined += line.text();
        goes_on = line.goes_on;
    }
    EXPECT_EQ(joined, state.profiles[0].address);
    EXPECT_THAT(text({.rows = 60, .columns = 120}), HasSubstr("\u2588"));  // the QR code
    EXPECT_THAT(text({.rows = 20, .columns = 80}), HasSubstr("needs a larger screen"));
}

TEST_F(Drawing, WhatOthersWroteDoesNotReachTheTerminal) {
    auto rows = *state.history;
    rows[1].memo = "\x1b]0;owned\x07";
    state.history = std::make_shared<const std::vector<HistoryRow>>(rows);
    press("2");
    (void)screen.handle({.kind = Key::Kind::enter}, state);
    EXPECT_THAT(text(), AllOf(HasSubstr("?]0;owned?"), Not(HasSubstr("\x1b"))));
}

TEST_F(Drawing, FitsEveryScreen) {
    state.pending.push_back({.id = std::string(64, 'b'), .action = "send"});
    for (const char* page : {"1", "2", "3", "4", "5", "?"}) {
        press(page);
        for (std::size_t rows = 1; rows < 40; ++rows) {
            for (const std::size_t columns : {1UL, 2UL, 10UL, 39UL, 80UL, 200UL}) {
                const Picture picture = drawing_of(screen, state, {.rows = rows, .columns = columns}, kNow);
                ASSERT_EQ(picture.lines.size(), rows);
                for (const Line& line : picture.lines) ASSERT_LE(width_of(line.text()), columns);
            }
        }
    }
    press("s");
    for (std::size_t rows = 1; rows < 30; ++rows) {
        const Picture picture = drawing_of(screen, state, {.rows = rows, .columns = 20}, kNow);
        ASSERT_TRUE(picture.cursor);
        ASSERT_LT(picture.cursor->row, rows);
        ASSERT_LT(picture.cursor->column, 20U);
    }
}

TEST_F(Drawing, TheSelectedRowIsSeen) {
    std::vector<HistoryRow> rows;
    for (std::uint64_t i = 0; i < 500; ++i) rows.push_back(row(i, "send", i));
    state.history = std::make_shared<const std::vector<HistoryRow>>(rows);
    press("2");
    for (int i = 0; i < 300; ++i) (void)screen.handle({.kind = Key::Kind::down}, state);
    const Picture picture = drawing_of(screen, state, {.rows = 24, .columns = 80}, kNow);
    bool is_seen = false;
    for (const Line& line : picture.lines) {
        for (const Span& span : line.spans) {
            is_seen = is_seen || (span.style == Style::chosen && span.text.contains("      199 send"));
        }
    }
    EXPECT_TRUE(is_seen);
}

TEST(AmountText, GroupsThousands) {
    EXPECT_EQ(amount_text({}), "0 DUSK");
    EXPECT_EQ(amount_text({999'000'000'000}), "999 DUSK");
    EXPECT_EQ(amount_text({1'000'000'000'000}), "1,000 DUSK");
    EXPECT_EQ(amount_text({~std::uint64_t{0}}), "18,446,744,073.709551615 DUSK");
}

}  // namespace
}  // namespace dusk::app::ui
