#include "app/wallet_ui/screen.hpp"

#include <gtest/gtest.h>

#include "app/wallet_ui/test_state.hpp"

namespace dusk::app::ui {
namespace {

using Kind = Key::Kind;
using How = WalletAgain::How;

class ScreenTest : public testing::Test {
  protected:
    std::vector<Request> press(const Key& key) { return screen.handle(key, state); }
    std::vector<Request> press(Kind kind) { return press(Key{.kind = kind}); }
    // Letter by letter; no letter asks for anything.
    void type(const std::string& text) {
        for (const char c : text) EXPECT_TRUE(press(letter(std::string(1, c))).empty());
    }
    // What is asked for, which is one thing.
    template <class Wanted>
    Wanted only(const std::vector<Request>& requests) {
        EXPECT_EQ(requests.size(), 1U);
        const auto* found = requests.empty() ? nullptr : std::get_if<Wanted>(&requests[0]);
        EXPECT_NE(found, nullptr);
        return found == nullptr ? Wanted{} : *found;
    }

    WalletState state = some_state();
    Screen screen;
};

TEST_F(ScreenTest, APaymentIsAskedForAsItWasTyped) {
    press(letter("s"));
    ASSERT_TRUE(screen.form());
    type("bob");
    press(Kind::enter);
    type("12.53");
    press(Kind::backspace);
    press(Kind::tab);
    type("thank you");
    const auto words = only<PayWords>(press(Kind::enter));
    EXPECT_EQ(words, (PayWords{.action = "send", .to = "bob", .amount = "12.5", .memo = "thank you"}));
    EXPECT_FALSE(screen.form());
}

TEST_F(ScreenTest, EveryActionIsOneLetterAway) {
    constexpr std::array<std::pair<const char*, const char*>, 5> kActions{
        {{"h", "shield"}, {"u", "unshield"}, {"t", "stake"}, {"n", "unstake"}, {"w", "claim"}}};
    press(letter("p"));
    for (const auto& [key, action] : kActions) {
        press(letter(key));
        type("7");
        EXPECT_EQ(only<PayWords>(press(Kind::enter)), (PayWords{.action = action, .profile = 1, .amount = "7"}));
    }
    press(letter("w"));
    EXPECT_EQ(only<PayWords>(press(Kind::enter)).amount, "");  // everything
}

TEST_F(ScreenTest, AFormCanBeLeftAndTakesLettersThatMeanSomethingElsewhere) {
    press(letter("s"));
    type("q1?sp");
    EXPECT_EQ(screen.form()->text(0), "q1?sp");
    press(Kind::escape);
    EXPECT_FALSE(screen.form());
    EXPECT_EQ(screen.page(), Page::overview);
}

TEST_F(ScreenTest, NothingHappensWithoutAYes) {
    state.job = {.kind = Job::Kind::asks, .text = "Send 5 DUSK"};
    for (const Key& key : {letter("s"), letter("q"), Key{.kind = Kind::enter}, Key{.kind = Kind::tab}}) {
        EXPECT_TRUE(press(key).empty());
    }
    EXPECT_EQ(only<Decision>(press(letter("n"))), Decision{.yes = false});
    EXPECT_EQ(only<Decision>(press(Kind::escape)), Decision{.yes = false});
    EXPECT_EQ(only<Decision>(press(letter("y"))), Decision{.yes = true});
    only<Quit>(press(Kind::interrupt));
}

TEST_F(ScreenTest, AWatchingWalletPaysNothing) {
    state.watches = true;
    for (const char* key : {"s", "h", "u", "t", "n", "w"}) {
        EXPECT_TRUE(press(letter(key)).empty());
        EXPECT_FALSE(screen.form());
        EXPECT_TRUE(screen.is_error());
    }
}

TEST_F(ScreenTest, WhatIsUnderWayIsNotLeftByAccident) {
    state.job.kind = Job::Kind::working;
    EXPECT_TRUE(press(letter("s")).empty());
    EXPECT_FALSE(screen.form());
    EXPECT_TRUE(press(letter("q")).empty());
    only<Quit>(press(letter("q")));
    only<Quit>(press(Kind::interrupt));
}

TEST_F(ScreenTest, AResultIsSaidOnce) {
    state.job = {.kind = Job::Kind::failed, .text = "no funds", .number = 1};
    screen.follow(state);
    EXPECT_EQ(screen.message(), "no funds");
    EXPECT_TRUE(screen.is_error());
    press(letter("2"));
    screen.follow(state);
    EXPECT_EQ(screen.message(), "");
    state.job = {.kind = Job::Kind::done, .text = "Sent", .number = 2};
    screen.follow(state);
    EXPECT_EQ(screen.message(), "Sent");
    EXPECT_FALSE(screen.is_error());
}

TEST_F(ScreenTest, ListsAreWalkedAndMayBecomeShorter) {
    press(letter("2"));
    press(Kind::end);
    EXPECT_EQ(screen.selected(), 1U);
    EXPECT_EQ(history_at(state, 1)->height, 3U);  // the newest first
    press(Kind::down);
    EXPECT_EQ(screen.selected(), 1U);
    press(Kind::enter);
    EXPECT_TRUE(screen.shows_details());
    EXPECT_EQ(only<CopyText>(press(letter("c"))).text, std::string(64, 'a'));
    state.history = std::make_shared<const std::vector<HistoryRow>>();
    screen.follow(state);
    EXPECT_EQ(screen.selected(), 0U);
    press(Kind::escape);
    press(Kind::escape);
    EXPECT_EQ(screen.page(), Page::overview);
}

TEST_F(ScreenTest, PendingTransactionsAreReplacedCancelledAndSentAgain) {
    EXPECT_TRUE(press(letter("f")).empty());
    press(letter("3"));
    EXPECT_TRUE(press(letter("f")).empty());  // there is none
    state.pending.push_back({.id = "abc"});
    EXPECT_EQ(only<AgainWords>(press(letter("f"))), (AgainWords{.id = "abc", .how = How::replace}));
    EXPECT_EQ(only<AgainWords>(press(letter("x"))), (AgainWords{.id = "abc", .how = How::cancel}));
    EXPECT_EQ(only<AgainWords>(press(letter("e"))), (AgainWords{.id = "abc", .how = How::resend}));
}

TEST_F(ScreenTest, ContactsArePaidAddedAndForgotten) {
    press(letter("5"));
    press(Kind::down);
    press(Kind::enter);
    ASSERT_TRUE(screen.form());
    EXPECT_EQ(screen.form()->text(0), "bob");
    EXPECT_EQ(screen.form()->focus(), 1U);
    press(Kind::escape);
    press(letter("a"));
    type("eve");
    press(Kind::enter);
    press(Key{.text = "address"});
    EXPECT_EQ(only<ContactWords>(press(Kind::enter)), (ContactWords{.name = "eve", .address = "address"}));
    press(letter("d"));
    EXPECT_EQ(screen.forgets(), "bob");
    EXPECT_TRUE(press(letter("n")).empty());
    press(letter("d"));
    EXPECT_EQ(only<ContactWords>(press(letter("y"))), (ContactWords{.name = "bob"}));
}

TEST_F(ScreenTest, RequestsForPaymentAreChecked) {
    press(letter("4"));
    EXPECT_EQ(only<CopyText>(press(letter("c"))).text, state.profiles[0].address);
    press(Kind::tab);
    press(letter("a"));
    type("12.5");
    press(Kind::enter);
    type("for tea");
    press(Kind::enter);
    EXPECT_EQ(receive_text(screen.receive(), state.profiles[0]),
              "dusk:" + state.profiles[0].account + "?amount=12.5&memo=for%20tea");
    press(letter("a"));
    press(Kind::back_tab);
    press(Kind::clear);
    type("1e3");
    press(Kind::tab);
    press(Kind::enter);
    EXPECT_TRUE(screen.is_error());
    EXPECT_EQ(screen.receive().amount, "12.5");
}

TEST(FormTest, IsEditedByCharacters) {
    Form form("", {{.label = "a"}});
    for (const char* text : {"é", "x", "日"}) (void)form.handle({.text = text});
    (void)form.handle({.kind = Kind::left});
    (void)form.handle({.kind = Kind::backspace});
    EXPECT_EQ(form.text(0), "é日");
    (void)form.handle({.kind = Kind::erase});
    EXPECT_EQ(form.text(0), "é");
    (void)form.handle({.kind = Kind::home});
    (void)form.handle({.text = "b"});
    EXPECT_EQ(form.text(0), "bé");
    (void)form.handle({.text = std::string(Field::kMostBytes, 'x')});  // too much
    EXPECT_EQ(form.text(0), "bé");
}

}  // namespace
}  // namespace dusk::app::ui
