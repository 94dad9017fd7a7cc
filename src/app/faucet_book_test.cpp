#include "app/faucet_book.hpp"

#include <gtest/gtest.h>

namespace dusk::app {
namespace {

using ledger::Lux;
using std::chrono::seconds;

constexpr FaucetLimits kLimits{.to_one = {10}, .to_all = {25}, .window = seconds(100)};

std::optional<FaucetWait> wait(const FaucetBook& book, const char* to, std::uint64_t value, std::uint64_t now) {
    return book.wait(to, {value}, now);
}

TEST(FaucetBook, PaysUpToTheLimitOfAnAddress) {
    FaucetBook book(kLimits);
    EXPECT_FALSE(wait(book, "a", 10, 1000));
    book.add({1000, "a", {6}});
    book.add({1030, "a", {4}});
    EXPECT_FALSE(wait(book, "b", 10, 1040));
    const auto waits = wait(book, "a", 1, 1040);
    ASSERT_TRUE(waits);
    EXPECT_EQ(waits->limit, FaucetLimit::one);
    EXPECT_EQ(waits->time, seconds(60));                     // until the first has left
    EXPECT_EQ(wait(book, "a", 7, 1040)->time, seconds(90));  // until the second has
    EXPECT_EQ(wait(book, "a", 6, 1099)->time, seconds(1));
    EXPECT_FALSE(wait(book, "a", 6, 1100));
    EXPECT_FALSE(wait(book, "a", 10, 1130));
}

TEST(FaucetBook, AndUpToThatOfAll) {
    FaucetBook book(kLimits);
    book.add({1000, "a", {10}});
    book.add({1010, "b", {10}});
    EXPECT_FALSE(wait(book, "c", 5, 1020));
    const auto waits = wait(book, "c", 6, 1020);
    ASSERT_TRUE(waits);
    EXPECT_EQ(waits->limit, FaucetLimit::all);
    EXPECT_EQ(waits->time, seconds(80));
}

TEST(FaucetBook, MoreThanALimitIsNeverPaid) {
    const auto waits = wait(FaucetBook(kLimits), "a", 11, 1000);
    ASSERT_TRUE(waits);
    EXPECT_EQ(waits->limit, FaucetLimit::one);
    EXPECT_FALSE(waits->time);
    EXPECT_TRUE(wait(FaucetBook(kLimits), "a", ~std::uint64_t{0}, 1000));
}

TEST(FaucetBook, AClockThatWasSetBackFreesNothing) {
    FaucetBook book(kLimits);
    book.add({5000, "a", {10}});
    EXPECT_EQ(wait(book, "a", 1, 1000)->time, seconds(100));
}

TEST(FaucetBook, IsReadAsItWasWritten) {
    FaucetBook book(kLimits);
    book.add({1000, "a", {6}});
    book.add({1001, "b", {4}});
    const std::string text = book.to_json();
    const auto read = FaucetBook::read(as_bytes(text), kLimits);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->payments(), book.payments());
    for (const char* bad : {"", "[]", "{}", R"({"payments": 1})", R"({"payments": [1]})",
                            R"({"payments": [{"time": -1, "to": "a", "lux": 1}]})",
                            R"({"payments": [{"time": 1, "to": 2, "lux": 1}]})", R"({"payments": [{"time": 1}]})"}) {
        EXPECT_FALSE(FaucetBook::read(as_bytes(bad), kLimits)) << bad;
    }
}

TEST(FaucetBook, ForgetsWhatCountsNoMore) {
    FaucetBook book(kLimits);
    book.add({1000, "a", {6}});
    book.add({1100, "b", {4}});
    ASSERT_EQ(book.payments().size(), 1U);
    book.add({1150, "c", {4}});
    book.take_back();
    ASSERT_EQ(book.payments().size(), 1U);
    EXPECT_EQ(book.payments()[0].to, "b");
}

// Whatever was asked before: within any window no address and not all together get more than their limits.
TEST(FaucetBook, NoOrderOfRequestsGetsMore) {
    FaucetBook book(kLimits);
    std::vector<FaucetPayment> paid;
    std::uint64_t state = 7;
    const auto draw = [&](std::uint64_t below) {
        state = state * 6364136223846793005U + 1442695040888963407U;
        return (state >> 33U) % below;
    };
    std::uint64_t now = 1000;
    for (int i = 0; i < 5000; ++i) {
        now += draw(15);
        const FaucetPayment wish{now, std::string(1, static_cast<char>('a' + draw(5))), {draw(12)}};
        const auto waits = book.wait(wish.to, wish.value, now);
        if (waits) {
            // After the wait it is paid, and not a second sooner.
            if (!waits->time) continue;
            const auto time = static_cast<std::uint64_t>(waits->time->count());
            ASSERT_GT(time, 0U);
            EXPECT_FALSE(book.wait(wish.to, wish.value, now + time));
            EXPECT_TRUE(book.wait(wish.to, wish.value, now + time - 1));
            continue;
        }
        book.add(wish);
        paid.push_back(wish);
        std::uint64_t all = 0;
        std::uint64_t one = 0;
        for (const FaucetPayment& before : paid) {
            if (now - before.time >= 100) continue;
            all += before.value.value;
            one += before.to == wish.to ? before.value.value : 0;
        }
        ASSERT_LE(all, kLimits.to_all.value);
        ASSERT_LE(one, kLimits.to_one.value);
    }
    EXPECT_GT(paid.size(), 500U);
}

}  // namespace
}  // namespace dusk::app
