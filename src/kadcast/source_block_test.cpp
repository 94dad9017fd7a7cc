#include "kadcast/source_block.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <numeric>

#include "kadcast/object_samples.hpp"

namespace dusk::kadcast {
namespace {

TransmissionInfo info_of(std::uint64_t length, std::uint16_t symbol_size, std::uint8_t blocks,
                         std::uint16_t sub_blocks) {
    ByteArray<TransmissionInfo::kSize> bytes{};
    bytes[0] = static_cast<std::uint8_t>(length >> 32);
    store_be(&bytes[1], static_cast<std::uint32_t>(length));
    store_be(&bytes[6], symbol_size);
    bytes[8] = blocks;
    store_be(&bytes[9], sub_blocks);
    bytes[11] = 8;
    return TransmissionInfo::from_bytes(bytes).value();
}

RC_GTEST_PROP(SourceBlock, SymbolsAreTheObjectInAnotherOrder, ()) {
    const auto size = static_cast<std::uint16_t>(8 * *rc::gen::inRange(1, 40));
    const auto length = *rc::gen::inRange<std::size_t>(1, 9000);
    const auto symbols = (length + size - 1) / size;
    const auto blocks = *rc::gen::inRange<std::size_t>(1, std::min<std::size_t>(symbols, 9) + 1);
    const auto sub_blocks = *rc::gen::inRange(1, size / 8 + 1);
    const TransmissionInfo info =
        info_of(length, size, static_cast<std::uint8_t>(blocks), static_cast<std::uint16_t>(sub_blocks));
    const Bytes object = sample_object(length, static_cast<std::uint32_t>(length));
    const Bytes all = symbols_of_object(object, info);
    RC_ASSERT(all.size() == symbols * size);
    RC_ASSERT(object_of_symbols(all, info) == object);
    std::size_t of_blocks = 0;
    for (std::size_t i = 0; i < blocks; ++i) of_blocks += info.symbols_of(static_cast<std::uint8_t>(i));
    RC_ASSERT(of_blocks == symbols);
}

TEST(SourceBlock, ASymbolHasAPartOfEachSubBlock) {
    // RFC 6330 §4.4.1.2: three units of 8 bytes are two in the first sub-block and one in the second.
    const TransmissionInfo info = info_of(48, 24, 1, 2);
    Bytes object(48);
    std::iota(object.begin(), object.end(), std::uint8_t{0});
    Bytes expected;
    for (const int start : {0, 8, 32, 16, 24, 40}) {
        for (int i = 0; i < 8; ++i) expected.push_back(static_cast<std::uint8_t>(start + i));
    }
    EXPECT_EQ(symbols_of_object(object, info), expected);
}

// Takes `lost` symbols out of a block and restores them from repair symbols, from the given one on.
void expect_restored(std::uint32_t symbols, std::uint16_t size, std::vector<std::uint32_t> lost, std::uint32_t first) {
    const Bytes block = sample_object(std::size_t{symbols} * size, symbols);
    std::vector<std::uint32_t> ids(lost.size() + 2);
    std::iota(ids.begin(), ids.end(), first);
    const Bytes repair = repair_symbols(block, size, ids);
    std::vector<RepairSymbol> list;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        list.push_back({.id = ids[i], .symbol = ByteView(repair).subspan(i * size, size)});
    }
    Bytes damaged = block;
    for (const std::uint32_t id : lost) std::fill_n(&damaged[std::size_t{id} * size], size, std::uint8_t{0});
    ASSERT_TRUE(restore(damaged, size, lost, list));
    EXPECT_EQ(damaged, block);
}

TEST(SourceBlock, MissingSymbolsAreRestored) {
    expect_restored(1, 1296, {0}, 1);
    expect_restored(5, 1296, {0, 4}, 5);
    expect_restored(10, 1296, {}, 10);
    expect_restored(78, 1296, {1, 2, 3, 70, 77}, 80);
    expect_restored(250, 64, {0, 100, 249}, kSymbolIdEnd - 100);
    // All of them, by the library where there are many.
    for (const std::uint32_t symbols : {40U, 900U}) {
        std::vector<std::uint32_t> all(symbols);
        std::iota(all.begin(), all.end(), 0U);
        expect_restored(symbols, 16, all, symbols);
    }
}

TEST(SourceBlock, SumsAreWhatTheLibraryMakes) {
    for (const std::uint32_t symbols : {1U, 2U, 10U, 11U, 200U, 1024U}) {
        const Bytes block = sample_object(std::size_t{symbols} * 40, symbols);
        const std::array ids{symbols, symbols + 63, symbols + 5};
        EXPECT_EQ(repair_symbols(block, 40, ids), repair_symbols_by_library(block, 40, ids)) << symbols;
    }
}

// The field has 256 elements, so that one repair symbol in 256 says nothing about a missing one.
TEST(SourceBlock, WhatDoesNotDetermineASymbolRestoresNothing) {
    constexpr std::uint16_t kSize = 8;
    const Bytes block = sample_object(kSize);
    std::size_t silent = 0;
    for (std::uint32_t id = 1; id < 3000; ++id) {
        const Bytes repair = repair_symbols(block, kSize, std::array{id});
        Bytes damaged(kSize);
        const std::array list{RepairSymbol{.id = id, .symbol = repair}};
        const std::array lost{0U};
        if (restore(damaged, kSize, lost, list)) {
            ASSERT_EQ(damaged, block);
        } else {
            ASSERT_EQ(repair, Bytes(kSize));
            ++silent;
        }
    }
    EXPECT_GT(silent, 0U);
    EXPECT_LT(silent, 60U);
    Bytes damaged(kSize);
    EXPECT_FALSE(restore(damaged, kSize, std::array{0U}, {}));
}

// Both ways agree on what can be restored.
RC_GTEST_PROP(SourceBlock, AsManyAsAreMissingNearlyAlwaysDo, ()) {
    const auto symbols = *rc::gen::inRange<std::uint32_t>(1, 60);
    const auto bits = *rc::gen::container<std::vector<bool>>(symbols, rc::gen::arbitrary<bool>());
    std::vector<std::uint32_t> lost;
    for (std::uint32_t id = 0; id < symbols; ++id) {
        if (bits[id]) lost.push_back(id);
    }
    const auto first = *rc::gen::inRange<std::uint32_t>(symbols, 5000);
    expect_restored(symbols, 24, lost, first);
}

}  // namespace
}  // namespace dusk::kadcast
