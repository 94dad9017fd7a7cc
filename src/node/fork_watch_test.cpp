#include "node/fork_watch.hpp"

#include <gtest/gtest.h>

namespace dusk::node {
namespace {

using namespace std::chrono_literals;

class ForkWatchTest : public testing::Test {
  protected:
    std::optional<ForkWatch::Finding> vote(std::uint64_t round, const ledger::BlockHash& parent) {
        const ledger::QuorumMessage quorum{.header = {.prev_block_hash = parent, .round = round}};
        return watch_.on_message({.payload = quorum}, tip_, now_);
    }
    std::optional<ForkWatch::Finding> block(std::uint64_t height, const ledger::BlockHash& parent) {
        ledger::BlockMessage message;
        message.block.header.height = {height};
        message.block.header.prev_block_hash = parent;
        return watch_.on_message({.payload = message}, tip_, now_);
    }

    const ledger::BlockHash ours_{{1}};
    const ledger::BlockHash theirs_{{2}};
    ledger::BlockHeader tip_ = [this] {
        ledger::BlockHeader out;
        out.height = {7};
        out.hash = ours_;
        return out;
    }();
    ForkWatch watch_;
    MonotonicTime now_{1h};
};

TEST_F(ForkWatchTest, SpeaksWhenNothingFitsForLong) {
    for (int i = 0; i < 100; ++i) EXPECT_FALSE(vote(8, theirs_));  // a fork that may be gone with the next block
    now_ += 59s;
    EXPECT_FALSE(block(8, theirs_));
    now_ += 1s;
    const auto finding = block(8, theirs_);
    ASSERT_TRUE(finding);
    EXPECT_EQ(finding->other, theirs_);
    EXPECT_EQ(finding->messages, 102U);
    now_ += 299s;
    EXPECT_FALSE(vote(8, theirs_));
    now_ += 1s;
    EXPECT_TRUE(vote(8, theirs_));
}

TEST_F(ForkWatchTest, IsQuietWhereSomethingFits) {
    for (int i = 0; i < 1000; ++i) {
        EXPECT_FALSE(vote(8, theirs_));
        EXPECT_FALSE(vote(9, theirs_));  // of another height: says nothing
        if (i % 30 == 29) EXPECT_FALSE(vote(8, ours_));
        now_ += 1s;
    }
}

TEST_F(ForkWatchTest, AFewAreNoProof) {
    for (std::uint64_t i = 1; i < ForkWatch::kMany; ++i) {
        EXPECT_FALSE(vote(8, theirs_));
        now_ += 100s;
    }
    EXPECT_TRUE(vote(8, theirs_));
}

}  // namespace
}  // namespace dusk::node
