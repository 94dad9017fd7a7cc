#include "rpc/event_stream.hpp"

#include <gtest/gtest.h>

#include "crypto/chacha_rng.hpp"

namespace dusk::rpc {
namespace {

Event block_event(std::string topic, std::string entity = "aa", Bytes payload = {1, 2}) {
    return {
        .component = "blocks", .entity = std::move(entity), .topic = std::move(topic), .payload = std::move(payload)};
}

class Stream : public testing::Test {
  protected:
    std::shared_ptr<Listener> listener(const Subscription& subscription) {
        auto out = stream_.open();
        EXPECT_EQ(stream_.subscribe(out->session(), subscription), EventStream::Outcome::done);
        return out;
    }

    crypto::ChaChaRng random_{1};
    EventStream stream_{{.listeners = 4, .subscriptions = 3, .bytes = 20'000}, random_};
};

TEST_F(Stream, AFrame) {
    const Bytes frame =
        frame_of({.component = "contracts", .entity = "0a", .topic = "mint", .origin = "ff", .payload = {7}});
    const std::string headers = R"({"Content-Location":"/on/contracts:0a/mint","Rusk-Origin":"ff"})";
    ASSERT_EQ(frame.size(), 4 + headers.size() + 1);
    EXPECT_EQ(load_le<std::uint32_t>(frame.data()), headers.size());
    EXPECT_TRUE(equal(ByteView(frame).subspan(4, headers.size()), as_bytes(headers)));
    EXPECT_EQ(frame.back(), 7);
}

TEST_F(Stream, WhoListensToWhat) {
    const auto all = listener({"blocks", std::nullopt, "accepted"});
    const auto one = listener({"blocks", "aa", "accepted"});
    const auto other = listener({"blocks", "bb", "accepted"});
    stream_.publish(block_event("accepted"));
    stream_.publish(block_event("reverted"));
    EXPECT_NE(all->take(), nullptr);
    EXPECT_EQ(all->take(), nullptr);
    EXPECT_NE(one->take(), nullptr);
    EXPECT_EQ(one->take(), nullptr);
    EXPECT_EQ(other->take(), nullptr);
}

TEST_F(Stream, WithoutRegardToCase) {
    const auto listener = this->listener({"Contracts", "aa", "MINT"});
    stream_.publish({.component = "contracts", .entity = "aa", .topic = "Mint"});
    EXPECT_NE(listener->take(), nullptr);
}

TEST_F(Stream, AnEventThatFitsTwiceComesOnce) {
    const auto listener = this->listener({"blocks", std::nullopt, "accepted"});
    EXPECT_EQ(stream_.subscribe(listener->session(), {"blocks", "aa", "accepted"}), EventStream::Outcome::done);
    stream_.publish(block_event("accepted"));
    EXPECT_NE(listener->take(), nullptr);
    EXPECT_EQ(listener->take(), nullptr);
}

TEST_F(Stream, SessionsAndSubscriptions) {
    const auto one = stream_.open();
    const auto two = stream_.open();
    EXPECT_EQ(one->session().size(), 32U);
    EXPECT_NE(one->session(), two->session());
    const Subscription blocks{"blocks", std::nullopt, "accepted"};
    EXPECT_EQ(stream_.unsubscribe(one->session(), blocks), EventStream::Outcome::no_subscription);
    EXPECT_EQ(stream_.subscribe(one->session(), blocks), EventStream::Outcome::done);
    EXPECT_EQ(stream_.subscribe(one->session(), blocks), EventStream::Outcome::done);
    EXPECT_EQ(stream_.unsubscribe(one->session(), blocks), EventStream::Outcome::done);
    EXPECT_EQ(stream_.unsubscribe(one->session(), blocks), EventStream::Outcome::no_subscription);
    EXPECT_EQ(stream_.subscribe("00", blocks), EventStream::Outcome::no_session);
    for (const char* topic : {"a", "b", "c"}) {
        EXPECT_EQ(stream_.subscribe(one->session(), {"blocks", std::nullopt, topic}), EventStream::Outcome::done);
    }
    EXPECT_EQ(stream_.subscribe(one->session(), blocks), EventStream::Outcome::too_many);
    stream_.close(*one);
    EXPECT_EQ(stream_.subscribe(one->session(), blocks), EventStream::Outcome::no_session);
    EXPECT_EQ(stream_.listeners(), 1U);
    const auto three = stream_.open();
    const auto four = stream_.open();
    const auto five = stream_.open();
    EXPECT_NE(five, nullptr);
    EXPECT_EQ(stream_.open(), nullptr);
}

TEST_F(Stream, EventsComeInOrder) {
    const auto listener = this->listener({"blocks", std::nullopt, "accepted"});
    for (std::uint8_t i = 0; i < 100; ++i) stream_.publish(block_event("accepted", "aa", {i}));
    for (std::uint8_t i = 0; i < 100; ++i) EXPECT_EQ(listener->take()->bytes().back(), i);
}

TEST_F(Stream, TheSlowestIsCutOffAndTheOthersMissNothing) {
    const auto slow = listener({"blocks", std::nullopt, "accepted"});
    const auto good = listener({"blocks", std::nullopt, "accepted"});
    int woken = 0;
    slow->set_wake([&] { ++woken; });
    std::uint64_t got = 0;
    for (int i = 0; i < 1000; ++i) {
        stream_.publish(block_event("accepted", "aa", Bytes(100, 1)));
        while (good->take()) ++got;
    }
    EXPECT_EQ(got, 1000U);
    EXPECT_FALSE(good->is_cut_off());
    EXPECT_TRUE(slow->is_cut_off());
    EXPECT_EQ(slow->take(), nullptr);
    EXPECT_EQ(stream_.cut_off(), 1U);
    EXPECT_GT(woken, 50);
    EXPECT_LT(woken, 200);
}

}  // namespace
}  // namespace dusk::rpc
