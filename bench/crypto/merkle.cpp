#include "crypto/notes_tree.hpp"
#include "harness.hpp"

namespace dusk::bench {
namespace {

void rows(Bench& bench) {
    std::vector<crypto::Fq> leaves;
    for (std::uint64_t i = 0; i < 10'000; ++i) {
        ByteArray<8> seed{};
        store_le(seed.data(), i);
        leaves.push_back(crypto::Fq::hash_to_scalar(seed));
    }
    bench.run("Merkle tree, 10 000 leaves then one root, per leaf", "merkle_insert_10000_leaves_then_root", 10'000, 5,
              [&] {
                  crypto::NotesTree tree;
                  for (std::size_t i = 0; i < leaves.size(); ++i) tree.insert(i, leaves[i]).value();
                  keep(tree.root());
              });
    bench.run("Merkle tree, 500 leaves and a root after each, per leaf", "merkle_insert_500_leaves_root_after_each",
              500, 5, [&] {
                  crypto::NotesTree tree;
                  for (std::size_t i = 0; i < 500; ++i) {
                      tree.insert(i, leaves[i]).value();
                      keep(tree.root());
                  }
              });
}

const Registered registered("crypto", rows);

}  // namespace
}  // namespace dusk::bench
