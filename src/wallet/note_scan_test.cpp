#include "wallet/note_scan.hpp"

#include <gtest/gtest.h>

#include "crypto/chacha_rng.hpp"

namespace dusk::wallet {
namespace {

using ledger::Lux;
using phoenix::NoteLeaf;

TEST(NoteScan, FindsTheNotesOfEachKeyWhateverStandsBetweenThem) {
    crypto::ChaChaRng random(5);
    std::vector<phoenix::SecretKey> owners;
    for (int i = 0; i < 3; ++i) owners.push_back(phoenix::SecretKey::random(random));  // the last is a stranger
    Bytes leaves;
    for (std::uint64_t i = 0; i < 300; ++i) {
        const auto to = owners[i % 3].public_key();
        const std::array blinders{crypto::Fr::random(random), crypto::Fr::random(random)};
        NoteLeaf leaf{.block_height = 10 + i, .note = {}};
        leaf.note = i % 2 == 0 ? phoenix::Note::transparent(random, to, to, i, blinders)
                               : phoenix::Note::obfuscated(random, to, to, i, crypto::Fr::random(random), blinders);
        leaf.note.set_pos(i);
        auto archive = leaf.to_archive();
        if (i == 30) archive.fill(0xff);  // no note
        append(leaves, archive);
    }
    leaves.push_back(1);  // the beginning of another leaf
    const std::vector<phoenix::ViewKey> keys = [&] {
        std::vector<phoenix::ViewKey> out;
        for (int i = 0; i < 2; ++i) out.push_back(owners[static_cast<std::size_t>(i)].view_key());
        return out;
    }();
    SerialExecutor executor;
    const auto found = scan_notes(leaves, keys, executor);
    ASSERT_EQ(found.size(), 199u);
    std::uint64_t before = 0;
    for (const OwnedNote& one : found) {
        const std::uint64_t position = one.leaf.note.pos();
        EXPECT_EQ(one.owner, position % 3);
        EXPECT_EQ(one.value, Lux{position});
        EXPECT_EQ(one.leaf.block_height, 10 + position);
        EXPECT_TRUE(position > before || position == 0);
        before = position;
    }
    EXPECT_TRUE(scan_notes({}, keys, executor).empty());
    EXPECT_TRUE(scan_notes(leaves, {}, executor).empty());
}

TEST(NoteScan, FourNotesCanBeSpentAtOnce) {
    EXPECT_EQ(balance_of({}), NotesBalance{});
    EXPECT_EQ(balance_of({{3}, {1}}), (NotesBalance{{4}, {4}}));
    EXPECT_EQ(balance_of({{1}, {2}, {3}, {4}, {5}}), (NotesBalance{{15}, {14}}));
    const Lux most{~std::uint64_t{0}};
    EXPECT_EQ(balance_of({most, {1}}), (NotesBalance{most, most}));
}

}  // namespace
}  // namespace dusk::wallet
