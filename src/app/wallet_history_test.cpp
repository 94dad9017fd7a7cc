#include "app/wallet_history.hpp"

#include <gtest/gtest.h>

namespace dusk::app {
namespace {

using wallet::PublicMove;
using wallet::Sent;
using wallet::SentState;

std::string id(char digit) { return std::string(64, digit); }

class History : public testing::Test {
  protected:
    std::vector<HistoryRow> rows(std::optional<std::uint8_t> profile = {}) {
        return history_rows({.journal = journal, .notes = notes, .archive = archive}, profile);
    }

    wallet::Journal journal;
    wallet::NoteCache notes;
    PublicHistory archive{};
};

TEST_F(History, WhatTwoSourcesKnowIsToldOnce) {
    journal.add(Sent{.id = id('a'), .action = "send", .state = SentState::done, .height = 9});
    archive = {{PublicMove{.id = id('a'), .height = 9, .action = "send"},
                PublicMove{.id = id('b'), .height = 4, .action = "received", .value = {5}}},
               // The same payment for the profile that got it.
               {PublicMove{.id = id('a'), .height = 9, .action = "received", .value = {2}}}};
    const auto all = rows();
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[0].id, id('b'));
    EXPECT_TRUE(all[0].comes_in);
    EXPECT_EQ(all[1].action, "send");
    EXPECT_EQ(all[2].profile, 1);
    ASSERT_EQ(rows(1).size(), 1U);
    EXPECT_EQ(rows(1)[0].value.value, 2U);
}

TEST_F(History, WhatIsInNoBlockComesLast) {
    journal.add(Sent{.id = id('a'), .action = "send", .state = SentState::pending});
    journal.add(Sent{.id = id('b'),
                     .action = "stake",
                     .gas_price = {3},
                     .state = SentState::failed,
                     .height = 2,
                     .gas_spent = {10},
                     .error = "why"});
    const auto all = rows();
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].fee->value, 30U);
    EXPECT_FALSE(all[1].height);
    EXPECT_FALSE(all[1].fee);
    EXPECT_EQ(to_json(all[0])["error_text"], "why");
    EXPECT_FALSE(to_json(all[1]).contains("height"));
}

}  // namespace
}  // namespace dusk::app
