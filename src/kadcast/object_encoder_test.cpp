#include "kadcast/object_encoder.hpp"

#include <gtest/gtest.h>

#include "kadcast/object_samples.hpp"

namespace dusk::kadcast {
namespace {

TEST(ObjectEncoder, SourceSymbolsAreTheObject) {
    const Bytes object = sample_object(3000);
    const auto encoded = encode_object(object, {});
    ASSERT_TRUE(encoded);
    EXPECT_EQ(encoded->ray_id(), ray_id_of(object));
    EXPECT_EQ(encoded->frame_bytes(), 48U + 1296U);
    ASSERT_EQ(encoded->chunks(), 3U + 5U);
    Bytes all;
    for (std::size_t i = 0; i < encoded->chunks(); ++i) {
        const auto chunk = Chunk::from_frame(encoded->frame(i));
        ASSERT_TRUE(chunk);
        EXPECT_EQ(chunk->ray_id, encoded->ray_id());
        EXPECT_EQ(chunk->symbol_id, i);
        EXPECT_EQ(chunk->block, 0);
        EXPECT_EQ(chunk->info.length, object.size());
        if (i < 3) append(all, chunk->symbol);
    }
    all.resize(object.size());
    EXPECT_EQ(all, object);
}

TEST(ObjectEncoder, TheNumberOfRepairSymbolsIsThatOfSinglePrecision) {
    EXPECT_EQ(repair_count(1, {}), 5U);
    EXPECT_EQ(repair_count(100'000, {}), 11U);
    EXPECT_EQ(repair_count(1'048'576, {}), 120U);
    EXPECT_EQ(repair_count(1'000'000, {.mtu = 8192}), 18U);
    // 403.99996 in double precision.
    EXPECT_EQ(repair_count(3'501'333, {}), 404U);
    EXPECT_EQ(repair_count(3'501'332, {}), 403U);
    EXPECT_EQ(repair_count(1000, {.least_repair = 0}), 0U);
    EXPECT_EQ(repair_count(1000, {.redundancy = -1, .least_repair = 7}), 7U);
    EXPECT_EQ(repair_count(kMostObjectBytes, {.redundancy = 1e30F}), kMostRepair);
    EXPECT_EQ(repair_count(1, {.least_repair = 0xffffffff}), kMostRepair);
}

TEST(ObjectEncoder, AnImpossibleMtuCountsAsTheUsualOne) {
    EXPECT_EQ(effective_mtu(1295), 1300);
    EXPECT_EQ(effective_mtu(1296), 1296);
    EXPECT_EQ(effective_mtu(8192), 8192);
    EXPECT_EQ(effective_mtu(8193), 1300);
    const auto encoded = encode_object(sample_object(20'000), {.mtu = 8192});
    ASSERT_TRUE(encoded);
    EXPECT_EQ(encoded->frame_bytes(), 48U + 8192U);
    EXPECT_EQ(encoded->chunks(), 3U + 5U);
}

TEST(ObjectEncoder, WhatNoReceiverTakesIsRefused) {
    EXPECT_EQ(encode_object({}, {}).error(), EncodeError::empty);
    EXPECT_EQ(encode_object(Bytes(kMostObjectBytes + 1), {}).error(), EncodeError::too_large);
}

}  // namespace
}  // namespace dusk::kadcast
