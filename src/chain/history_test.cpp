#include "chain/history.hpp"

#include <gtest/gtest.h>

#include "chain/serving.hpp"
#include "chain/test_node.hpp"

namespace dusk::chain {
namespace {

using ledger::Height;

TEST(History, KeepsSoMuchBehindTheLastFinalBlock) {
    const History whole{.blocks = {}, .blobs = {}};
    EXPECT_EQ(first_kept_block(whole, {1'000'000}), std::nullopt);
    EXPECT_EQ(first_kept_blob(whole, {1'000'000}), std::nullopt);
    const History some{.blocks = 5000, .blobs = 100};
    EXPECT_EQ(first_kept_block(some, {5000}), std::nullopt);
    EXPECT_EQ(first_kept_block(some, {5001}), Height{1});
    EXPECT_EQ(first_kept_block(some, {12'000}), Height{7000});
    EXPECT_EQ(first_kept_blob(some, {100}), std::nullopt);
    EXPECT_EQ(first_kept_blob(some, {250}), Height{150});
    EXPECT_EQ(first_kept_blob(History(), {86'402}), Height{2});
}

TEST(History, NeverForgetsWhatARuleLooksUp) {
    EXPECT_EQ(first_kept_block({.blocks = 0, .blobs = {}}, {2160}), std::nullopt);
    EXPECT_EQ(first_kept_block({.blocks = 0, .blobs = {}}, {3000}), Height{840});
}

class PrunedChainTest : public testing::Test {
  protected:
    PrunedChainTest() {
        node_.history = {.blocks = 0, .blobs = 7};
        node_.restart();
    }
    TestNetwork network_;
    TestNode node_{network_};
};

TEST_F(PrunedChainTest, ForgetsBlocksAsOthersBecomeFinal) {
    constexpr std::uint64_t kLength = History::kLeastBlocks + 20;
    node_.extend(static_cast<int>(kLength));
    TestStore& store = node_.disk.store;
    const std::uint64_t first = node_.chain->last_final().value - History::kLeastBlocks;
    ASSERT_EQ(first, 19U);
    EXPECT_EQ(store.content.heights.size(), 1 + kLength + 1 - first);
    EXPECT_TRUE(store.content.heights.contains({0}));
    EXPECT_FALSE(store.content.heights.contains({first - 1}));
    EXPECT_TRUE(store.content.heights.contains({first}));
    ASSERT_FALSE(store.blobs_forgotten.empty());
    EXPECT_EQ(store.blobs_forgotten.back(), (std::pair{Height{node_.chain->last_final().value - 7}, std::size_t{100}}));

    // It starts again and goes on.
    node_.restart();
    node_.extend(1);
    EXPECT_FALSE(store.content.heights.contains({first}));

    // Who asks for what was forgotten gets no answer, and what is here else. Nobody is asked for the past.
    EmptyPool pool;
    Serving serving(store, pool, 5);
    const ledger::SocketAddress peer{ByteArray<4>{1, 2, 3, 4}, 5};
    EXPECT_TRUE(serving.answers({{ledger::BlockByHeight{{first}}}, 0}, peer, {}).empty());
    EXPECT_EQ(
        serving.answers({{ledger::BlockByHeight{{first}}, ledger::BlockByHeight{{first + 1}}}, 0}, peer, {}).size(),
        1U);
    EXPECT_EQ(serving.blocks_after(network_.genesis.header.hash, peer, {}), std::nullopt);
    EXPECT_EQ(serving.missing({{ledger::BlockByHeight{{first}}}, 0}), std::nullopt);
}

TEST_F(PrunedChainTest, CatchesUpInSteps) {
    node_.history = {};
    node_.restart();
    constexpr std::uint64_t kMore = History::kForgottenAtOnce + 10;
    node_.extend(static_cast<int>(History::kLeastBlocks + kMore));
    EXPECT_TRUE(node_.disk.store.content.heights.contains({1}));
    node_.history = {.blocks = 0, .blobs = {}};
    node_.restart();
    node_.extend(1);
    EXPECT_FALSE(node_.disk.store.content.heights.contains({History::kForgottenAtOnce}));
    EXPECT_TRUE(node_.disk.store.content.heights.contains({History::kForgottenAtOnce + 1}));
    node_.extend(1);
    EXPECT_EQ(std::next(node_.disk.store.content.heights.begin())->first,
              Height{node_.chain->last_final().value - History::kLeastBlocks});
}

// A store that fails when the block is accepted already: the node stops, and the next start has a whole chain.
TEST_F(PrunedChainTest, AFailureWhileForgettingLosesNothing) {
    node_.extend(static_cast<int>(History::kLeastBlocks + 5));
    for (int writes = 1; writes <= 3; ++writes) {
        node_.disk.store.writes_left = writes;  // accept; blobs; blocks
        const std::uint64_t height = node_.chain->tip().height.value;
        EXPECT_FALSE(node_.accept(node_.make()));
        EXPECT_NE(node_.chain->broken(), nullptr);
        node_.disk.store.writes_left.reset();
        node_.restart();
        EXPECT_EQ(node_.chain->tip().height, Height{height + 1});
        node_.extend(1);
        EXPECT_EQ(std::next(node_.disk.store.content.heights.begin())->first,
                  Height{node_.chain->last_final().value - History::kLeastBlocks});
    }
}

}  // namespace
}  // namespace dusk::chain
