#include "node/inlet.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <thread>

namespace dusk::node {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Received message(ledger::MessagePayload payload, std::uint16_t number) {
    return {.from = {.ip = ByteArray<4>{127, 0, 0, 1}, .port = number},
            .message = std::make_shared<const ledger::Message>(ledger::Message{.payload = std::move(payload)})};
}
Received request(std::uint16_t number) { return message(ledger::GetMempoolMessage{}, number); }
Received quorum(std::uint16_t number) { return message(ledger::QuorumMessage{}, number); }

class InletTest : public testing::Test {
  protected:
    void run() {
        loop_.restart();
        loop_.run();
    }

    boost::asio::io_context loop_;
    std::vector<std::uint16_t> handed_;
    int of_strangers_ = 0;
    std::vector<std::size_t> together_;
    ManualClock clock_;
    Inlet inlet_{loop_,
                 clock_,
                 {.chain = 1000, .requests = 3, .transactions = 3, .strangers_at_once = 900, .bytes = 10'000},
                 [this](std::span<const Received> messages, Standing sender) {
                     for (const Received& one : messages) handed_.push_back(one.from.port);
                     if (sender == Standing::stranger) of_strangers_ += static_cast<int>(messages.size());
                     together_.push_back(messages.size());
                 }};
};

TEST_F(InletTest, HandsOnInOrderAndTheChainFirst) {
    EXPECT_TRUE(inlet_.add(request(1), 10));
    EXPECT_TRUE(inlet_.add(quorum(2), 10));
    EXPECT_TRUE(inlet_.add(quorum(3), 10));
    EXPECT_TRUE(inlet_.add(request(4), 10));
    EXPECT_THAT(handed_, IsEmpty());
    run();
    EXPECT_THAT(handed_, ElementsAre(2, 3, 1, 4));
    EXPECT_EQ(together_.front(), 4U);  // all are of peers
}

TEST_F(InletTest, EachQueueIsBounded) {
    for (std::uint16_t i = 0; i < 3; ++i) EXPECT_TRUE(inlet_.add(request(i), 10));
    EXPECT_FALSE(inlet_.add(request(3), 10));
    EXPECT_TRUE(inlet_.add(quorum(4), 9'990));
    EXPECT_FALSE(inlet_.add(quorum(4), 11));
    EXPECT_TRUE(inlet_.add(quorum(4), 10));
    run();
    EXPECT_THAT(handed_, ElementsAre(4, 4, 0, 1, 2));
    EXPECT_TRUE(inlet_.add(request(6), 10));
    EXPECT_TRUE(inlet_.add(quorum(7), 10'000));
}

TEST_F(InletTest, ATurnTakesSomeOfEach) {
    for (std::uint16_t i = 0; i < 900; ++i) EXPECT_TRUE(inlet_.add(quorum(i), 1));
    EXPECT_TRUE(inlet_.add(request(1000), 1));
    loop_.poll_one();
    ASSERT_EQ(handed_.size(), 257U);
    EXPECT_EQ(handed_.back(), 1000);
    run();
    EXPECT_EQ(handed_.size(), 901U);
}

TEST_F(InletTest, StrangersKeepNoPeerWaiting) {
    for (std::uint16_t i = 0; i < 900; ++i) EXPECT_TRUE(inlet_.add(quorum(i), 1, Standing::stranger));
    for (std::uint16_t i = 1000; i < 1010; ++i) EXPECT_TRUE(inlet_.add(quorum(i), 1));
    loop_.poll_one();
    ASSERT_EQ(handed_.size(), 10U + 8U);
    EXPECT_EQ(handed_.front(), 1000);
    EXPECT_EQ(handed_.at(10), 0);
    EXPECT_TRUE(inlet_.add(quorum(1010), 1));  // the next one is in front again
    loop_.poll_one();
    EXPECT_EQ(handed_.at(18), 1010);
    run();
    EXPECT_EQ(handed_.size(), 911U);
    EXPECT_EQ(of_strangers_, 900);
}

// 900 at once and 100 a second, whatever comes; what peers send is not held up.
TEST_F(InletTest, StrangersHaveAnAllowance) {
    const auto run_for_a_while = [&] {
        loop_.restart();
        loop_.run_for(std::chrono::milliseconds(100));
    };
    for (std::uint16_t i = 0; i < 910; ++i) EXPECT_TRUE(inlet_.add(quorum(i), 1, Standing::stranger));
    run_for_a_while();
    EXPECT_EQ(handed_.size(), 900U);
    EXPECT_TRUE(inlet_.add(quorum(2000), 1));
    loop_.restart();
    loop_.poll();
    EXPECT_EQ(handed_.back(), 2000);
    run_for_a_while();
    EXPECT_EQ(handed_.size(), 901U);
    clock_.advance(std::chrono::milliseconds(50));
    run_for_a_while();
    EXPECT_EQ(handed_.size(), 906U);
    clock_.advance(std::chrono::seconds(1));
    run();  // it ends: nothing is waited for any more
    EXPECT_EQ(handed_.size(), 911U);
}

// Each has its turn, whoever brings more; what finds no room takes that of whoever has the most.
TEST_F(InletTest, OnePeerDoesNotKeepOthersWaiting) {
    for (int i = 0; i < 1000; ++i) EXPECT_TRUE(inlet_.add(quorum(5), 1));
    EXPECT_FALSE(inlet_.add(quorum(5), 1));
    EXPECT_TRUE(inlet_.add(quorum(6), 1));
    EXPECT_TRUE(inlet_.add(quorum(6), 1));
    loop_.poll_one();
    EXPECT_EQ(handed_.size(), Inlet::kMostOfPeer + 2);
    handed_.resize(4);
    EXPECT_THAT(handed_, ElementsAre(5, 6, 5, 6));
    run();
    EXPECT_EQ(handed_.size(), 4 + 998 - Inlet::kMostOfPeer);
}

TEST_F(InletTest, WhoIsDoubtedComesWithTheStrangers) {
    for (std::uint16_t i = 0; i < 100; ++i) EXPECT_TRUE(inlet_.add(quorum(5), 1));
    EXPECT_TRUE(inlet_.add(quorum(6), 1));
    EXPECT_TRUE(inlet_.doubt(quorum(5).from));
    EXPECT_FALSE(inlet_.doubt(quorum(5).from));
    EXPECT_TRUE(inlet_.add(quorum(5), 1));
    EXPECT_TRUE(inlet_.add(request(5), 1));  // of the chain alone
    loop_.poll_one();
    EXPECT_THAT(handed_, ElementsAre(6, 5, 5, 5, 5, 5, 5, 5, 5, 5));
    EXPECT_EQ(of_strangers_, 9);
    run();
    EXPECT_EQ(of_strangers_, 102);
    clock_.advance(Inlet::kDoubt);
    EXPECT_TRUE(inlet_.add(quorum(5), 1));
    run();
    EXPECT_EQ(of_strangers_, 102);
    // So many at a time.
    for (std::size_t i = 0; i < Inlet::kMostDoubted; ++i) {
        EXPECT_TRUE(inlet_.doubt({ByteArray<4>{10, 0, 0, 1}, static_cast<std::uint16_t>(i)}));
    }
    EXPECT_FALSE(inlet_.doubt({ByteArray<4>{10, 0, 0, 2}, 1}));
    clock_.advance(Inlet::kDoubt);
    EXPECT_TRUE(inlet_.doubt({ByteArray<4>{10, 0, 0, 2}, 1}));
}

TEST_F(InletTest, TakesFromOtherThreads) {
    auto guard = boost::asio::make_work_guard(loop_);
    std::thread other([this] {
        for (std::uint16_t i = 0; i < 500; ++i) EXPECT_TRUE(inlet_.add(quorum(i), 1));
        boost::asio::post(loop_, [this] { loop_.stop(); });
    });
    loop_.run();
    other.join();
    guard.reset();
    run();
    EXPECT_EQ(handed_.size(), 500U);
    EXPECT_TRUE(std::ranges::is_sorted(handed_));
}

TEST_F(InletTest, AfterItsEndNothingIsHandedOn) {
    EXPECT_TRUE(inlet_.add(quorum(1), 1));
    inlet_.close();
    EXPECT_FALSE(inlet_.add(quorum(2), 1));
    run();
    EXPECT_THAT(handed_, IsEmpty());
}

TEST(InletQueues, GoByTheTopic) {
    const auto queue = [](ledger::MessagePayload payload, Standing sender = Standing::peer) {
        return inlet_queue_of(ledger::Message{.payload = std::move(payload)}, sender);
    };
    EXPECT_EQ(queue(ledger::GetBlocksMessage{}), InletQueue::requests);
    EXPECT_EQ(queue(ledger::InventoryMessage{}), InletQueue::requests);
    EXPECT_EQ(queue(ledger::GetResourceMessage{}), InletQueue::requests);
    EXPECT_EQ(queue(ledger::BlockMessage{}), InletQueue::chain);
    EXPECT_EQ(queue(ledger::QuorumMessage{}), InletQueue::chain);
    EXPECT_EQ(queue(ledger::ValidationQuorumMessage{}), InletQueue::chain);
    // Of strangers, messages of the chain alone wait apart.
    EXPECT_EQ(queue(ledger::QuorumMessage{}, Standing::stranger), InletQueue::strangers);
    EXPECT_EQ(queue(ledger::ValidationMessage{}, Standing::stranger), InletQueue::strangers);
    EXPECT_EQ(queue(ledger::GetBlocksMessage{}, Standing::stranger), InletQueue::requests);
}

}  // namespace
}  // namespace dusk::node
