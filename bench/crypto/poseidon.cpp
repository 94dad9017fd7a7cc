#include "crypto/poseidon.hpp"

#include "harness.hpp"

namespace dusk::bench {
namespace {

void rows(Bench& bench) {
    std::array<crypto::Fq, 4> children;
    for (std::size_t i = 0; i < children.size(); ++i) children[i] = crypto::Fq::from_u64(i + 2).square().square();
    bench.run("Poseidon Merkle4 node", "poseidon_merkle4_node", 1, 15, [&] {
        children[0] = crypto::poseidon::merkle4_node(children);
        keep(children);
    });

    constexpr std::size_t kBatch = 64;
    std::vector<std::array<crypto::Fq, 4>> nodes(kBatch, children);
    std::vector<crypto::Fq> hashes(kBatch);
    bench.run("Poseidon Merkle4 node in a batch", "poseidon_merkle4_node", kBatch, 15, [&] {
        crypto::poseidon::merkle4_nodes(nodes, hashes);
        keep(hashes);
    });
}

const Registered registered("crypto", rows);

}  // namespace
}  // namespace dusk::bench
