// The tree over the transactions or faults of a block: SHA3-256, arity 2, height 15. spec/crypto.md §10.
#pragma once

#include "base/bytes.hpp"
#include "crypto/merkle_tree.hpp"

namespace dusk::crypto {

struct BlockTreeRule {
    using Item = ByteArray<32>;
    static constexpr std::size_t kArity = 2;
    static constexpr std::size_t kHeight = 15;
    static constexpr Item kEmpty{};

    // SHA3-256(left ‖ right), where an empty item counts as the last one before it that is not.
    static void aggregate(std::span<const std::array<Item, kArity>* const> nodes, std::span<Item> out);
};

using BlockTree = MerkleTree<BlockTreeRule>;

// The root that a block header holds: that of the smallest subtree over the leaves, in order. 32 zero bytes for no
// leaf; a single leaf is hashed with itself. Error: beyond_capacity for more than 2^15 leaves.
[[nodiscard]] Result<ByteArray<32>, MerkleError> block_merkle_root(std::span<const ByteArray<32>> leaves);

}  // namespace dusk::crypto
