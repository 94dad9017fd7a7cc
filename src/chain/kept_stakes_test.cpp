#include "chain/kept_stakes.hpp"

#include <gtest/gtest.h>

#include "crypto/chacha_rng.hpp"

namespace dusk::chain {
namespace {

using ledger::Height;
using ledger::Lux;

consensus::Provisioners some_provisioners() {
    crypto::ChaChaRng random(5);
    consensus::Provisioners out;
    for (std::uint64_t i = 1; i <= 4; ++i) {
        out.set({crypto::BlsSecretKey::random(random).public_key(), Lux{i * 1000}, Height{i}});
    }
    return out;
}

TEST(KeptStakesTest, WhatIsWrittenIsRead) {
    const auto stakes = kept_stakes(some_provisioners());
    ASSERT_EQ(stakes.size(), 4U);
    EXPECT_TRUE(std::ranges::is_sorted(stakes, {}, &KeptStake::key));
    const Bytes bytes = write_stakes(stakes);
    EXPECT_EQ(bytes.size(), 4U + 4 * 112);
    EXPECT_EQ(read_stakes(bytes).value(), stakes);
    EXPECT_TRUE(read_stakes(write_stakes({})).value().empty());
}

TEST(KeptStakesTest, RefusesWhatItDidNotWrite) {
    auto stakes = kept_stakes(some_provisioners());
    Bytes bytes = write_stakes(stakes);
    EXPECT_EQ(read_stakes(ByteView(bytes).first(3)).error().fault, ReadFault::short_input);
    EXPECT_EQ(read_stakes(ByteView(bytes).first(bytes.size() - 1)).error().fault, ReadFault::over_limit);
    bytes.push_back(0);
    EXPECT_EQ(read_stakes(bytes).error().fault, ReadFault::trailing_bytes);
    std::swap(stakes[0], stakes[1]);
    EXPECT_EQ(read_stakes(write_stakes(stakes)).error().fault, ReadFault::bad_value);
    stakes[0] = stakes[1];
    EXPECT_EQ(read_stakes(write_stakes(stakes)).error().fault, ReadFault::bad_value);
    stakes.resize(1);
    stakes[0].value = {};
    EXPECT_EQ(read_stakes(write_stakes(stakes)).error().fault, ReadFault::bad_value);
}

}  // namespace
}  // namespace dusk::chain
