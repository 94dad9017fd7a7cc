// Containers against those of the standard library.
#include <gtest/gtest.h>

#include <map>
#include <random>

#include "dusk/contract/testing.hpp"

namespace {

using namespace dusk::contract;

TEST(Map, AgreesWithAStandardMap) {
    std::mt19937 random(7);
    Map<uint32_t, String> map;
    std::map<uint32_t, std::string> model;
    for (int step = 0; step < 20000; ++step) {
        const uint32_t key = random() % 500;
        if (random() % 3 == 0) {
            EXPECT_EQ(map.erase(key), model.erase(key) == 1);
        } else {
            const std::string text = std::to_string(random());
            map.set(key, StringView(text.data(), text.size()));
            model[key] = text;
        }
        ASSERT_EQ(map.size(), model.size());
    }
    auto expected = model.begin();
    map.for_each([&](uint32_t key, const String& value) {
        EXPECT_EQ(key, expected->first);
        EXPECT_EQ(std::string(value.data(), value.size()), expected->second);
        ++expected;
        return true;
    });
    EXPECT_EQ(expected, model.end());
    for (uint32_t key = 0; key < 510; ++key) EXPECT_EQ(map.contains(key), model.contains(key));
    for (uint32_t from : {0U, 17U, 250U, 499U, 600U}) {
        auto at = model.lower_bound(from);
        map.for_each_from(from, [&](uint32_t key, const String&) {
            EXPECT_EQ(key, at->first);
            ++at;
            return true;
        });
        EXPECT_EQ(at, model.end());
    }
    const Map<uint32_t, String> copied = map;
    EXPECT_TRUE(copied == map);
    map.clear();
    EXPECT_TRUE(map.empty());
    EXPECT_EQ(copied.size(), model.size());
}

TEST(Map, SortedInsertionKeepsItLow) {
    Map<uint64_t, uint64_t> map;
    for (uint64_t key = 0; key < 100000; ++key) map.set(key, key);
    for (uint64_t key = 0; key < 100000; key += 2) EXPECT_TRUE(map.erase(key));
    EXPECT_EQ(map.size(), 50000U);
    EXPECT_EQ(*map.find(99999), 99999U);
    EXPECT_EQ(map.find(99998), nullptr);
}

TEST(Map, StopsWhenToldTo) {
    Map<int32_t, int32_t> map;
    for (int32_t key = 0; key < 10; ++key) map.set(key, key);
    int32_t seen = 0;
    map.for_each_from(3, [&](int32_t, int32_t) { return ++seen < 4; });
    EXPECT_EQ(seen, 4);
}

TEST(Vector, GrowsCopiesAndChecksItsIndices) {
    mock::Chain chain;
    Vector<String> list;
    for (uint64_t i = 0; i < 1000; ++i) list.push_back(String("number ").append(i));
    const Vector<String> copied = list;
    EXPECT_TRUE(copied == list);
    EXPECT_TRUE(copied[999] == String("number 999"));
    list.swap_remove(0);
    EXPECT_TRUE(list[0] == String("number 999"));
    EXPECT_EQ(list.size(), 999U);
    EXPECT_THROW(static_cast<void>(copied[1000]), mock::Stopped);
    list.clear();
    EXPECT_THROW(list.pop_back(), mock::Stopped);
}

TEST(Optional, HoldsOneValueOrNone) {
    mock::Chain chain;
    Optional<String> maybe;
    EXPECT_THROW(static_cast<void>(*maybe), mock::Stopped);
    maybe = String("a text that is long enough");
    Optional<String> other = maybe;
    maybe.reset();
    EXPECT_TRUE(*other == String("a text that is long enough"));
    EXPECT_FALSE(maybe == other);
    Result<String, uint8_t> result = failure(uint8_t{3});
    EXPECT_THROW(static_cast<void>(*result), mock::Stopped);
    result = String("good");
    EXPECT_THROW(static_cast<void>(result.error()), mock::Stopped);
}

TEST(Text, OnlyUtf8IsText) {
    const auto good = [](std::string_view text) {
        return is_utf8(reinterpret_cast<const uint8_t*>(text.data()), text.size());
    };
    for (const char* text : {"", "a", "\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x98\x80", "\xf4\x8f\xbf\xbf"}) {
        EXPECT_TRUE(good(text));
    }
    for (const char* text : {"\x80", "\xc0\x80", "\xc3", "\xe0\x80\x80", "\xed\xa0\x80", "\xf0\x80\x80\x80",
                             "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xe2\x82", "\xe2\x28\xa1"}) {
        EXPECT_FALSE(good(text));
    }
}

}  // namespace
