#include "chain/block_pool.hpp"

#include <gtest/gtest.h>

#include "chain/test_node.hpp"

namespace dusk::chain {
namespace {

using ledger::Block;

TEST(BlockPoolTest, IsBoundedAndKnowsWhoSentWhat) {
    TestNetwork network;
    TestNode node(network);
    BlockPool pool;
    std::vector<BlockPtr> blocks;
    for (std::uint64_t i = 0; i < 4; ++i) {
        blocks.push_back(std::make_shared<const Block>(node.make({.later = i})));
    }
    const ledger::SocketAddress one{ByteArray<4>{1}, 1};
    const ledger::SocketAddress two{ByteArray<4>{2}, 1};
    EXPECT_TRUE(pool.put({one, blocks[0]}));
    EXPECT_FALSE(pool.put({two, blocks[0]}));
    EXPECT_TRUE(pool.put({two, blocks[1]}));
    EXPECT_FALSE(pool.put({two, blocks[2]}));  // two of a height
    pool.drop_from(two);
    EXPECT_TRUE(pool.put({one, blocks[3]}));
    EXPECT_TRUE(pool.take({1}));
    EXPECT_TRUE(pool.take({1}));
    EXPECT_FALSE(pool.take({1}));
    EXPECT_EQ(pool.bytes(), 0U);

    // Full of later heights, it takes earlier ones.
    Block big = *blocks[0];
    big.faults.resize(100);
    std::uint64_t height = 2;
    for (;; ++height) {
        big.header.height = {height};
        if (!pool.put({one, std::make_shared<const Block>(big)})) break;
    }
    EXPECT_LE(pool.bytes(), BlockPool::kMostBytes);
    big.header.height = {1};
    EXPECT_TRUE(pool.put({two, std::make_shared<const Block>(big)}));
    EXPECT_FALSE(pool.has({height - 1}));
    EXPECT_LE(pool.bytes(), BlockPool::kMostBytes);
    pool.drop_to({height});
    EXPECT_EQ(pool.bytes(), 0U);
}

}  // namespace
}  // namespace dusk::chain
