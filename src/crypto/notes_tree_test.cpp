#include "crypto/notes_tree.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/cpu.hpp"
#include "crypto/poseidon.hpp"

namespace dusk::crypto {
namespace {

// Two tasks at a time, in the wrong order: no node may need another of its level.
class BackwardExecutor final : public Executor {
  public:
    [[nodiscard]] unsigned concurrency() const override { return 2; }
    void parallel_for(std::size_t count, const std::function<void(std::size_t)>& task) override {
        for (std::size_t i = count; i-- > 0;) task(i);
    }
};

Fq leaf(std::uint64_t seed) { return Fq::from_u64(seed + 1).square().square() + Fq::from_u64(seed); }

NotesTree some_tree(std::uint64_t leaves) {
    NotesTree tree;
    for (std::uint64_t i = 0; i < leaves; ++i) tree.insert(i, leaf(i)).value();
    return tree;
}

TEST(NotesTree, RootsByHand) {
    NotesTree tree;
    EXPECT_EQ(tree.root(), Fq::zero());
    tree.insert(5, Fq::zero()).value();
    Fq expected = poseidon::merkle4_node({});
    for (std::size_t level = 1; level < NotesTreeRule::kHeight; ++level) {
        std::array<Fq, 4> children{};
        children[level == 1 ? 1 : 0] = expected;
        expected = poseidon::merkle4_node(children);
    }
    EXPECT_EQ(tree.root(), expected);
    EXPECT_EQ(tree.remove(5), Fq::zero());
    EXPECT_EQ(tree.root(), Fq::zero());
}

TEST(NotesTree, EveryPathAndOrderGivesTheSameRoot) {
    constexpr std::uint64_t kLeaves = 300;
    NotesTree forward = some_tree(kLeaves);
    const Fq root = forward.root();

    NotesTree backward;
    for (std::uint64_t i = kLeaves; i-- > 0;) backward.insert(i, leaf(i)).value();
    BackwardExecutor executor;
    EXPECT_EQ(backward.root(executor), root);

    NotesTree one_by_one;
    for (std::uint64_t i = 0; i < kLeaves; ++i) {
        one_by_one.insert(i, leaf(i)).value();
        if (i % 7 == 0) (void)one_by_one.root();
    }
    EXPECT_EQ(one_by_one.root(), root);

    const CpuFeatures found = cpu_features();
    set_cpu_features({});
    EXPECT_EQ(some_tree(kLeaves).root(), root);
    set_cpu_features(found);
}

TEST(NotesTree, LastPosition) {
    NotesTree tree;
    const std::uint64_t last = (std::uint64_t{1} << 34) - 1;
    EXPECT_EQ(NotesTree::capacity(), last + 1);
    EXPECT_TRUE(tree.insert(last, Fq::one()));
    EXPECT_EQ(tree.insert(last + 1, Fq::one()).error(), MerkleError::beyond_capacity);
    EXPECT_TRUE(tree.opening(last)->verify(Fq::one()).value());
}

TEST(NoteOpening, BytesThereAndBack) {
    NotesTree tree = some_tree(40);
    for (std::uint64_t position : {0, 3, 17, 39}) {
        const NoteOpening opening = tree.opening(position).value();
        const auto bytes = encode(opening);
        EXPECT_EQ(decode_note_opening(bytes).value(), opening);
        EXPECT_TRUE(decode_note_opening(bytes)->verify(leaf(position)).value());
    }
}

TEST(NoteOpening, Rejections) {
    NotesTree tree = some_tree(5);
    const auto bytes = encode(tree.opening(4).value());
    Bytes longer(bytes.begin(), bytes.end());
    longer.push_back(0);
    EXPECT_EQ(decode_note_opening(longer).error(), DecodeError::bad_length);
    EXPECT_EQ(decode_note_opening(ByteView(bytes).first(bytes.size() - 1)).error(), DecodeError::bad_length);
    EXPECT_EQ(decode_note_opening({}).error(), DecodeError::bad_length);
    for (std::size_t item = 0; item < 69; ++item) {
        auto changed = bytes;
        std::fill_n(changed.begin() + static_cast<std::ptrdiff_t>(32 * item), 32, std::uint8_t{0xff});
        EXPECT_EQ(decode_note_opening(changed).error(), DecodeError::not_canonical) << item;
    }
    auto changed = bytes;
    changed[changed.size() - 4] = 4;
    EXPECT_EQ(decode_note_opening(changed)->verify(leaf(4)).error(), MerkleError::bad_position);
}

}  // namespace
}  // namespace dusk::crypto
