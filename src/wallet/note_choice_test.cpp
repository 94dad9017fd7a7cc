#include "wallet/note_choice.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace dusk::wallet {
namespace {

using ledger::Lux;
using testing::ElementsAre;

std::optional<std::vector<std::size_t>> choose(const std::vector<std::uint64_t>& values, std::uint64_t needed) {
    std::vector<Lux> notes;
    for (const std::uint64_t value : values) notes.push_back({value});
    return choose_notes(notes, {needed});
}

TEST(NoteChoice, TakesTheSmallestNoteThatIsEnough) {
    EXPECT_THAT(*choose({5, 9, 7, 100}, 6), ElementsAre(2));
    EXPECT_THAT(*choose({5, 9, 7, 100}, 100), ElementsAre(3));
    EXPECT_THAT(*choose({5, 9, 7, 100}, 0), ElementsAre(0));
}

TEST(NoteChoice, TakesTheLargestAndAsLittleAsNeededBesides) {
    EXPECT_THAT(*choose({5, 9, 7, 100}, 104), ElementsAre(0, 3));
    EXPECT_THAT(*choose({5, 9, 7, 100}, 106), ElementsAre(2, 3));
    EXPECT_THAT(*choose({5, 9, 7, 100}, 121), ElementsAre(0, 1, 2, 3));
}

TEST(NoteChoice, IsOfFourNotesAtMost) {
    EXPECT_EQ(choose({5, 9, 7, 100}, 122), std::nullopt);
    EXPECT_EQ(choose({1, 1, 1, 1, 1}, 5), std::nullopt);
    EXPECT_THAT(*choose({1, 2, 1, 1, 1}, 5), ElementsAre(0, 1, 2, 3));
    EXPECT_EQ(choose({}, 0), std::nullopt);
    EXPECT_EQ(choose({0, 0}, 0), std::nullopt);
}

TEST(NoteChoice, OfNotesThatAreWorthMoreThanALuxCounts) {
    constexpr std::uint64_t kAll = ~std::uint64_t{0};
    EXPECT_THAT(*choose({kAll, kAll - 1}, kAll), ElementsAre(0));
    EXPECT_THAT(*choose({kAll - 1, kAll - 2}, kAll), ElementsAre(0, 1));
}

RC_GTEST_PROP(NoteChoice, ReachesWhatIsNeededWithTheFewestNotes, (std::vector<std::uint16_t> values)) {
    const auto needed = *rc::gen::inRange<std::uint32_t>(0, 250'000);
    const auto chosen = choose({values.begin(), values.end()}, needed);
    std::vector<std::uint16_t> largest = values;
    std::ranges::sort(largest, std::greater());
    std::erase(largest, 0);
    std::size_t fewest = 0;
    std::uint64_t sum = 0;
    do {
        if (fewest == largest.size() || fewest == kMostSpentNotes) {
            RC_ASSERT(!chosen);
            return;
        }
        sum += largest[fewest++];
    } while (sum < needed);
    RC_ASSERT(chosen.has_value());
    RC_ASSERT(chosen->size() == fewest);
    RC_ASSERT(std::ranges::is_sorted(*chosen, std::less_equal()));
    sum = 0;
    for (const std::size_t i : *chosen) {
        RC_ASSERT(values.at(i) > 0);
        sum += values[i];
    }
    RC_ASSERT(sum >= needed);
}

}  // namespace
}  // namespace dusk::wallet
