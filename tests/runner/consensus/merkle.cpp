// merkle.json
#include "crypto/block_tree.hpp"
#include "crypto/keccak.hpp"
#include "report.hpp"

namespace dusk::vectors {
namespace {

// Leaf i is SHA3-256(seed ‖ i as u32 LE).
ByteArray<32> leaf(const ByteArray<32>& seed, std::uint32_t i) {
    ByteArray<4> index{};
    store_le(index.data(), i);
    crypto::Sha3_256 hash;
    hash.update(seed);
    hash.update(index);
    return hash.finish();
}

void run(const Node& root, Report& report) {
    root["seed"].describe();
    for (const Node& c : root["merkle"].items()) {
        report.run(c, [&] {
            const auto seed = c["leaf_seed"].array<32>();
            std::vector<ByteArray<32>> leaves;
            const auto count = static_cast<std::uint32_t>(c["n"].u64());
            leaves.reserve(count);
            for (std::uint32_t i = 0; i < count; ++i) leaves.push_back(leaf(seed, i));
            report.expect_bytes(crypto::block_merkle_root(leaves).value(), c["root"]);
        });
    }
}

const Registered registered{{"consensus", "merkle", {"merkle", "seed"}, run}};

}  // namespace
}  // namespace dusk::vectors
