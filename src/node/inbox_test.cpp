#include "node/inbox.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/post.hpp>

namespace dusk::node {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

class InboxTest : public testing::Test {
  protected:
    // Told apart by their sender.
    static Received message(std::uint16_t number) { return {Peer{ByteArray<4>{127, 0, 0, 1}, number}, {}}; }

    boost::asio::io_context loop_;
    std::vector<std::vector<std::uint16_t>> handed_;
    std::unique_ptr<Inbox> inbox_ = std::make_unique<Inbox>(loop_, [this](std::span<const Received> some) {
        auto& numbers = handed_.emplace_back();
        for (const Received& one : some) numbers.push_back(one.from.port);
    });
};

TEST_F(InboxTest, WhatComesInOneWakeUpIsHandedOnTogether) {
    // As reads that are ready at once: each begins the next one when it is done.
    std::function<void(std::uint16_t)> read = [&](std::uint16_t number) {
        inbox_->add(message(number));
        if (number < 5) boost::asio::post(loop_, [&, number] { read(number + 1); });
    };
    boost::asio::post(loop_, [&] { read(1); });
    EXPECT_TRUE(handed_.empty());
    loop_.run();
    EXPECT_THAT(handed_, ElementsAre(ElementsAre(1, 2, 3, 4, 5)));
    inbox_->add(message(6));
    loop_.restart();
    loop_.run();
    EXPECT_THAT(handed_, ElementsAre(SizeIs(5), ElementsAre(6)));
}

TEST_F(InboxTest, HandsOnAsManyAsItMay) {
    std::vector<std::size_t> sizes;
    Inbox inbox(loop_, [&](std::span<const Received> some) { sizes.push_back(some.size()); }, 8);
    for (std::uint16_t number = 0; number < 20; ++number) inbox.add(message(number));
    loop_.run();
    EXPECT_THAT(sizes, ElementsAre(8, 8, 4));
}

// Nobody keeps it from its work by sending more and more.
TEST_F(InboxTest, DoesNotWaitForTheEndOfAFlood) {
    std::uint16_t sent = 0;
    std::function<void()> flood = [&] {
        inbox_->add(message(++sent));
        if (sent < 10 * Inbox::kMost) boost::asio::post(loop_, flood);
    };
    flood();
    std::size_t at_first = 0;
    while (loop_.poll_one() > 0) {
        if (at_first == 0 && !handed_.empty()) at_first = sent;
    }
    EXPECT_LE(at_first, Inbox::kMost + 1);
    std::size_t all = 0;
    for (const auto& some : handed_) {
        EXPECT_LE(some.size(), Inbox::kMost);
        all += some.size();
    }
    EXPECT_EQ(all, 10 * Inbox::kMost);
}

TEST_F(InboxTest, AfterItsEndNothingIsHandedOn) {
    inbox_->add(message(1));
    inbox_->close();
    inbox_->add(message(2));
    loop_.run();
    inbox_.reset();
    EXPECT_TRUE(handed_.empty());
}

TEST_F(InboxTest, MayEndWithItsOwner) {
    inbox_->add(message(1));
    inbox_.reset();
    loop_.run();
    EXPECT_TRUE(handed_.empty());
}

}  // namespace
}  // namespace dusk::node
