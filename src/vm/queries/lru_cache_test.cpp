#include "vm/queries/lru_cache.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <vector>

namespace dusk::vm {
namespace {

ByteArray<32> key(std::uint8_t number) { return {number}; }

TEST(LruCache, DropsWhatWasUsedLongestAgo) {
    LruCache<int> cache(2, 100);
    cache.put(key(1), 1, 1);
    cache.put(key(2), 2, 1);
    EXPECT_EQ(cache.get(key(1)), 1);
    cache.put(key(3), 3, 1);
    EXPECT_EQ(cache.get(key(2)), std::nullopt);
    EXPECT_EQ(cache.get(key(1)), 1);
    EXPECT_EQ(cache.get(key(3)), 3);
    EXPECT_EQ(cache.hits(), 3U);
    EXPECT_EQ(cache.misses(), 1U);
}

TEST(LruCache, KeepsWhatIsThere) {
    LruCache<int> cache(2, 100);
    cache.put(key(1), 1, 1);
    cache.put(key(1), 2, 50);
    EXPECT_EQ(cache.get(key(1)), 1);
    EXPECT_EQ(cache.bytes(), 1U);
}

TEST(LruCache, KeepsNothingWithoutRoom) {
    LruCache<int> none(0, 100);
    none.put(key(1), 1, 1);
    EXPECT_EQ(none.size(), 0U);
    LruCache<int> small(5, 10);
    small.put(key(1), 1, 11);
    EXPECT_EQ(small.size(), 0U);
    small.put(key(1), 1, 10);
    small.put(key(2), 2, 10);
    EXPECT_EQ(small.size(), 1U);
    EXPECT_EQ(small.get(key(2)), 2);
}

// Against a list of what was used, the last one last.
RC_GTEST_PROP(LruCache, IsAListOfTheLastUses, (const std::vector<std::pair<std::uint8_t, bool>>& steps)) {
    constexpr std::size_t kEntries = 5;
    constexpr std::size_t kBytes = 20;
    LruCache<int> cache(kEntries, kBytes);
    struct Entry {
        std::uint8_t number;
        std::size_t bytes;
    };
    std::vector<Entry> model;
    const auto total = [&] {
        std::size_t sum = 0;
        for (const Entry& entry : model) sum += entry.bytes;
        return sum;
    };
    for (const auto& [number, put] : steps) {
        const std::uint8_t which = number % 16;
        const auto found = std::ranges::find(model, which, &Entry::number);
        if (put) {
            const std::size_t bytes = which + 1U;
            cache.put(key(which), which, bytes);
            if (found != model.end()) continue;
            while (model.size() >= kEntries || total() + bytes > kBytes) model.erase(model.begin());
            model.push_back({which, bytes});
        } else {
            RC_ASSERT(cache.get(key(which)).has_value() == (found != model.end()));
            if (found != model.end()) std::rotate(found, found + 1, model.end());
        }
        RC_ASSERT(cache.size() == model.size());
        RC_ASSERT(cache.bytes() == total());
    }
}

}  // namespace
}  // namespace dusk::vm
