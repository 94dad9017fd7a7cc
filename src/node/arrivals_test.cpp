#include "node/arrivals.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ledger/block_samples.hpp"

namespace dusk::node {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

Peer peer(std::uint16_t port) { return {ByteArray<4>{10, 0, 0, 1}, port}; }

kadcast::Deliver object(ByteView content, std::uint16_t from, bool is_known) {
    return {
        .from = peer(from), .is_known = is_known, .ray_id = kadcast::ray_id_of(content), .object = to_vector(content)};
}
// Which are told apart by their number.
Bytes quorum(std::uint64_t number) {
    return ledger::encode(ledger::Message{.payload = ledger::QuorumMessage{.header = {.round = number}}});
}

// A clock that goes on by 1 ms whenever somebody looks at it: work on one object takes 2 ms.
class WalkingClock final : public Clock {
  public:
    [[nodiscard]] MonotonicTime monotonic_time() const override { return now_ += 1ms; }
    [[nodiscard]] WallTime wall_time() const override { return {}; }

  private:
    mutable MonotonicTime now_{1h};
};

class ArrivalsTest : public testing::Test {
  protected:
    [[nodiscard]] Arrivals make(const ArrivalLimits& limits) {
        return Arrivals(
            limits, clock_,
            [this](const Received& received, std::size_t, Standing sender) {
                if (is_full_) return false;
                handed_.push_back(received.message->routing_header().round);
                senders_.push_back(received.from.port);
                of_strangers_ += sender == Standing::stranger ? 1 : 0;
                return true;
            },
            [this](const kadcast::RayId& ray_id) { forgotten_.push_back(ray_id); }, trace_, counts_, Logger());
    }
    static void add(Arrivals& arrivals, std::uint64_t number, std::uint16_t from, bool is_known = true) {
        arrivals.add(object(quorum(number), from, is_known));
    }
    void work_all(Arrivals& arrivals) {
        for (int i = 0; i < 10'000 && arrivals.work(); ++i) arrivals.forgive(clock_.monotonic_time());
    }

    WalkingClock clock_;
    ObjectTrace trace_;
    TransportCounts counts_;
    bool is_full_ = false;
    std::vector<std::uint64_t> handed_;
    std::vector<std::uint16_t> senders_;
    int of_strangers_ = 0;
    std::vector<kadcast::RayId> forgotten_;
};

TEST_F(ArrivalsTest, PeersAndStrangersHaveTheirTurns) {
    Arrivals arrivals = make({.at_once = 1s});
    EXPECT_EQ(arrivals.work(), std::nullopt);
    for (std::uint64_t i = 0; i < 5; ++i) add(arrivals, 10 + i, 1);
    for (std::uint64_t i = 0; i < 2; ++i) add(arrivals, 20 + i, static_cast<std::uint16_t>(100 + i), false);
    add(arrivals, 30, 2);
    work_all(arrivals);
    EXPECT_THAT(handed_, ElementsAre(20, 10, 30, 21, 11, 12, 13, 14));
    EXPECT_EQ(of_strangers_, 2);
    EXPECT_EQ(counts_.received, 8U);
    EXPECT_THAT(forgotten_, IsEmpty());
}

TEST_F(ArrivalsTest, WorkHasItsShareOfTheTime) {
    Arrivals arrivals = make({.share = 2, .burst = 20ms, .at_once = 5ms});
    for (std::uint64_t i = 0; i < 1000; ++i) add(arrivals, i, 1);
    const MonotonicTime first = clock_.monotonic_time();
    auto due = arrivals.work();
    ASSERT_TRUE(due);
    EXPECT_LE(clock_.monotonic_time() - first, 10ms);
    EXPECT_LE(handed_.size(), 3U);
    while (arrivals.work() && handed_.size() < 1000) {
        if (clock_.monotonic_time() - first > 500ms) break;
    }
    EXPECT_GE(handed_.size(), 50U);
    EXPECT_LE(handed_.size(), 150U);
    work_all(arrivals);
    EXPECT_EQ(handed_.size(), 1000U);
}

TEST_F(ArrivalsTest, WhatFindsNoRoomIsForgotten) {
    Arrivals arrivals = make({.waiting = {.items = 4, .bytes = 10'000}, .strangers = {.items = 1, .bytes = 1000}});
    add(arrivals, 1, 100, false);
    add(arrivals, 2, 101, false);
    EXPECT_THAT(forgotten_, ElementsAre(kadcast::ray_id_of(quorum(2))));
    for (std::uint64_t i = 10; i < 13; ++i) add(arrivals, i, 1);
    add(arrivals, 20, 2);  // takes the room of who has more
    EXPECT_EQ(forgotten_.back(), kadcast::ray_id_of(quorum(12)));
    EXPECT_EQ(counts_.dropped, 2U);
    EXPECT_EQ(counts_.topics[19].dropped, 2U);
    work_all(arrivals);
    EXPECT_THAT(handed_, ElementsAre(1, 10, 20, 11));
    is_full_ = true;  // the next queue
    add(arrivals, 30, 1);
    work_all(arrivals);
    EXPECT_EQ(forgotten_.size(), 2U);  // the rest of its chunks would have it decoded again and again
    EXPECT_EQ(counts_.dropped, 3U);
    EXPECT_EQ(counts_.topics[19].dropped, 3U);
}

TEST_F(ArrivalsTest, WhatAPeerHasTooIsThePeers) {
    Arrivals arrivals = make({.at_once = 1s});
    for (std::uint64_t i = 1; i <= 4; ++i) add(arrivals, i, 100, false);
    arrivals.vouch({.from = peer(1), .ray_id = kadcast::ray_id_of(quorum(4))});
    arrivals.vouch({.from = peer(1), .ray_id = kadcast::ray_id_of(quorum(5))});  // there is none
    work_all(arrivals);
    EXPECT_THAT(handed_, ElementsAre(1, 4, 2, 3));
    EXPECT_THAT(senders_, ElementsAre(100, 1, 100, 100));
    EXPECT_EQ(of_strangers_, 3);
}

TEST_F(ArrivalsTest, WhatNoKnownKeySignedOrNobodyCanReadIsCounted) {
    Arrivals arrivals = make({});
    ledger::BlockSamples samples(1);
    const ledger::SignInfo known = samples.sign_info(), unknown = samples.sign_info();
    const auto vote = [&](const ledger::SignInfo& by) {
        return ledger::encode(ledger::Message{
            .payload = ledger::ValidationMessage{.header = {.round = 7}, .vote = samples.vote(), .sign_info = by}});
    };
    arrivals.set_known_signers(
        std::make_shared<const KnownSigners>(std::vector<ledger::KeyBytes>{{known.signer.to_bytes()}}));
    arrivals.add(object(vote(unknown), 1, true));
    arrivals.add(object(vote(known), 1, true));
    arrivals.add(object(as_bytes("no message"), 1, true));
    work_all(arrivals);
    EXPECT_THAT(handed_, ElementsAre(7));
    EXPECT_EQ(counts_.topics[17].of_nobody, 1U);
    EXPECT_EQ(counts_.malformed, 1U);
    EXPECT_EQ(trace_.after(0).objects.size(), 3U);
}

}  // namespace
}  // namespace dusk::node
