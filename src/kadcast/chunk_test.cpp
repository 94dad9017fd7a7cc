#include "kadcast/chunk.hpp"

#include <gtest/gtest.h>

#include "kadcast/object_samples.hpp"

namespace dusk::kadcast {
namespace {

class ChunkOf4000Bytes : public testing::Test {
  protected:
    // What a change of the first frame leads to.
    template <class Change>
    [[nodiscard]] Result<Chunk, ChunkError> after(const Change& change) {
        change(frame);
        return Chunk::from_frame(frame);
    }
    template <class Change>
    void expect_error(ChunkError error, const Change& change) {
        const Bytes before = frame;
        const auto chunk = after(change);
        ASSERT_FALSE(chunk);
        EXPECT_EQ(chunk.error(), error) << to_string(chunk.error());
        frame = before;
    }
    Bytes frame = sample_frames(sample_object(4000)).front();
};

TEST_F(ChunkOf4000Bytes, IsRead) {
    const auto chunk = Chunk::from_frame(frame);
    ASSERT_TRUE(chunk);
    EXPECT_EQ(chunk->ray_id, ray_id_of(sample_object(4000)));
    EXPECT_EQ(chunk->info.length, 4000U);
    EXPECT_EQ(chunk->info.symbol_size, 1296);
    EXPECT_EQ(chunk->info.blocks, 1);
    EXPECT_EQ(chunk->info.sub_blocks, 1);
    EXPECT_EQ(chunk->info.symbols(), 4U);
    EXPECT_EQ(chunk->symbol_id, 0U);
    EXPECT_EQ(chunk->symbol.size(), 1296U);
}

TEST_F(ChunkOf4000Bytes, IsDroppedWhereItsInformationIsImpossible) {
    expect_error(ChunkError::short_frame, [](Bytes& f) { f.clear(); });
    expect_error(ChunkError::short_frame, [](Bytes& f) { f.resize(48); });
    expect_error(ChunkError::wrong_symbol_size, [](Bytes& f) { f.resize(49); });
    expect_error(ChunkError::wrong_symbol_size, [](Bytes& f) { f.push_back(0); });
    expect_error(ChunkError::no_blocks, [](Bytes& f) { f[kInfoAt + 8] = 0; });
    expect_error(ChunkError::no_symbol_size, [](Bytes& f) { f[kInfoAt + 6] = f[kInfoAt + 7] = 0; });
    expect_error(ChunkError::no_length, [](Bytes& f) { std::fill_n(&f[kInfoAt], 5, std::uint8_t{0}); });
    expect_error(ChunkError::symbol_too_large, [](Bytes& f) { store_be<std::uint16_t>(&f[kInfoAt + 6], 8200); });
    expect_error(ChunkError::wrong_alignment, [](Bytes& f) { f[kInfoAt + 11] = 4; });
    expect_error(ChunkError::too_many_symbols, [](Bytes& f) {
        store_be<std::uint32_t>(&f[kInfoAt + 1], 9'000'000);
        store_be<std::uint16_t>(&f[kInfoAt + 6], 8);
    });
    expect_error(ChunkError::too_many_symbols, [](Bytes& f) { f[kInfoAt] = 255; });
    expect_error(ChunkError::object_too_large,
                 [](Bytes& f) { store_be<std::uint32_t>(&f[kInfoAt + 1], kMostObjectBytes + 1); });
    expect_error(ChunkError::wrong_sub_blocks, [](Bytes& f) { f[kInfoAt + 10] = 0; });
    expect_error(ChunkError::wrong_sub_blocks, [](Bytes& f) { store_be<std::uint16_t>(&f[kInfoAt + 9], 163); });
    expect_error(ChunkError::wrong_symbol_size, [](Bytes& f) { store_be<std::uint16_t>(&f[kInfoAt + 6], 1297); });
    expect_error(ChunkError::too_many_blocks, [](Bytes& f) { f[kInfoAt + 8] = 5; });
    expect_error(ChunkError::no_such_block, [](Bytes& f) { f[kBlockAt] = 1; });
}

TEST_F(ChunkOf4000Bytes, TakesWhatIsUnusualButPossible) {
    EXPECT_TRUE(after([](Bytes& f) { store_be<std::uint32_t>(&f[kInfoAt + 1], kMostObjectBytes); }));
    EXPECT_TRUE(after([](Bytes& f) { store_be<std::uint16_t>(&f[kInfoAt + 9], 162); }));
    EXPECT_TRUE(after([](Bytes& f) { f[kInfoAt + 5] = 1; }));  // the reserved byte
    EXPECT_TRUE(after([](Bytes& f) {
        f[kInfoAt + 8] = 4;
        f[kBlockAt] = 3;
    }));
    const auto chunk = after([](Bytes& f) { store_be<std::uint32_t>(&f[kBlockAt], 0x00ffffff); });
    ASSERT_TRUE(chunk);
    EXPECT_EQ(chunk->symbol_id, 0xffffffU);
    EXPECT_EQ(chunk->block, 0);
}

TEST(Chunk, BlocksDifferByOneSymbolAtMost) {
    Bytes frame = sample_frames(sample_object(4000)).front();
    frame[kInfoAt + 8] = 3;
    const auto chunk = Chunk::from_frame(frame);
    ASSERT_TRUE(chunk);
    EXPECT_EQ(chunk->info.symbols_of(0), 2U);
    EXPECT_EQ(chunk->info.symbols_of(1), 1U);
    EXPECT_EQ(chunk->info.symbols_of(2), 1U);
}

TEST(RayId, IsOfTheLengthToo) {
    EXPECT_NE(ray_id_of(Bytes(1)), ray_id_of(Bytes(2)));
    EXPECT_NE(ray_id_of(Bytes{}), ray_id_of(Bytes(4)));
}

}  // namespace
}  // namespace dusk::kadcast
