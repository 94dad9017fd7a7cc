#include "crypto/block_tree.hpp"

#include "crypto/keccak.hpp"

namespace dusk::crypto {

void BlockTreeRule::aggregate(std::span<const std::array<Item, kArity>* const> nodes, std::span<Item> out) {
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        Sha3_256 hash;
        const Item* last = &kEmpty;
        for (const Item& item : *nodes[i]) {
            if (item != kEmpty) last = &item;
            hash.update(*last);
        }
        out[i] = hash.finish();
    }
}

Result<ByteArray<32>, MerkleError> block_merkle_root(std::span<const ByteArray<32>> leaves) {
    BlockTree tree;
    for (std::size_t i = 0; i < leaves.size(); ++i) {
        if (const auto inserted = tree.insert(i, leaves[i]); !inserted) return fail(inserted.error());
    }
    return tree.smallest_subtree().root;
}

}  // namespace dusk::crypto
