#include "crypto/block_tree.hpp"

#include <gtest/gtest.h>

#include "crypto/keccak.hpp"

namespace dusk::crypto {
namespace {

using Hash = ByteArray<32>;

Hash leaf(std::uint8_t seed) { return sha3_256(ByteArray<1>{seed}); }

Hash node(const Hash& left, const Hash& right) {
    Bytes bytes = to_vector(left);
    append(bytes, right);
    return sha3_256(bytes);
}

TEST(BlockTree, RootsByHand) {
    const Hash a = leaf(1);
    const Hash b = leaf(2);
    const Hash c = leaf(3);
    const Hash d = leaf(4);
    const Hash e = leaf(5);
    EXPECT_EQ(block_merkle_root({}).value(), Hash{});
    EXPECT_EQ(block_merkle_root(std::span(&a, 1)).value(), node(a, a));
    EXPECT_EQ(block_merkle_root(std::array{a, b}).value(), node(a, b));
    EXPECT_EQ(block_merkle_root(std::array{a, b, c}).value(), node(node(a, b), node(c, c)));
    EXPECT_EQ(block_merkle_root(std::array{a, b, c, d}).value(), node(node(a, b), node(c, d)));
    const Hash right = node(e, e);
    EXPECT_EQ(block_merkle_root(std::array{a, b, c, d, e}).value(),
              node(node(node(a, b), node(c, d)), node(right, right)));
}

TEST(BlockTree, AnEmptyItemCountsAsTheOneBeforeIt) {
    const Hash zero{};
    const Hash a = leaf(1);
    EXPECT_EQ(block_merkle_root(std::array{a, zero}).value(), node(a, a));
    EXPECT_EQ(block_merkle_root(std::array{zero, a}).value(), node(zero, a));
    EXPECT_EQ(block_merkle_root(std::span(&zero, 1)).value(), node(zero, zero));
}

TEST(BlockTree, FullAndTooFull) {
    std::vector<Hash> leaves((std::size_t{1} << 15) + 1, leaf(7));
    Hash expected = leaf(7);
    for (std::size_t level = 0; level < 15; ++level) expected = node(expected, expected);
    EXPECT_EQ(block_merkle_root(std::span(leaves).first(leaves.size() - 1)).value(), expected);
    EXPECT_EQ(block_merkle_root(leaves).error(), MerkleError::beyond_capacity);
}

}  // namespace
}  // namespace dusk::crypto
