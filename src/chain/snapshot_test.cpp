#include "chain/snapshot.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "chain/test_node.hpp"
#include "crypto/blake3.hpp"
#include "ledger/block_samples.hpp"

namespace dusk::chain {
namespace {

using ledger::Height;

class SnapshotTest : public testing::Test {
  protected:
    // Of the last final block of a chain of that length.
    [[nodiscard]] ChainSnapshot snapshot(int length) {
        node_.extend(length);
        ChainSnapshot out{
            .kadcast_id = 100, .chain_id = ledger::ChainId{100}, .genesis = network_.genesis.header, .blocks = {}};
        const Height last = node_.chain->last_final();
        for (Height at = first_snapshot_block(last); at <= last; ++at.value) out.blocks.push_back(block_at(at));
        return out;
    }
    [[nodiscard]] ledger::Block block_at(Height height) {
        const auto& content = node_.disk.store.content;
        return content.blocks.at(content.heights.at(height).hash);
    }
    // What is decoded of one that was changed and encoded again, with its checksum.
    [[nodiscard]] static std::optional<SnapshotError> refused(ChainSnapshot changed,
                                                              const std::function<void(ChainSnapshot&)>& change) {
        change(changed);
        const auto decoded = decode_snapshot(encode_snapshot(changed).value());
        return decoded ? std::nullopt : std::optional(decoded.error());
    }

    TestNetwork network_;
    TestNode node_{network_};
};

TEST_F(SnapshotTest, ComesBackAsItWas) {
    ChainSnapshot some = snapshot(6);
    ASSERT_EQ(some.blocks.size(), 5U);
    const Bytes bytes = encode_snapshot(some).value();
    EXPECT_EQ(snapshot_size(ByteView(bytes).first(ChainSnapshot::kPrefixSize)).value(), bytes.size());
    const auto again = decode_snapshot(bytes);
    ASSERT_TRUE(again) << to_string(again.error());
    EXPECT_EQ(again->kadcast_id, 100);
    EXPECT_EQ(again->chain_id, ledger::ChainId{100});
    EXPECT_EQ(again->genesis, some.genesis);
    ASSERT_EQ(again->blocks.size(), some.blocks.size());
    EXPECT_EQ(again->last(), some.last());
    EXPECT_EQ(encode_snapshot(*again).value(), bytes);
}

TEST_F(SnapshotTest, FaultsComeAlong) {
    ChainSnapshot some = snapshot(2);
    ledger::Block& block = some.blocks.back();
    block.faults = {ledger::BlockSamples(1).fault(), ledger::BlockSamples(2).fault()};
    block.header.faults_root = ledger::faults_root(block.faults);
    TestNetwork::seal(block);
    const auto again = decode_snapshot(encode_snapshot(some).value());
    ASSERT_TRUE(again) << to_string(again.error());
    EXPECT_EQ(again->blocks.back().faults, block.faults);
}

TEST_F(SnapshotTest, HasAnEpochAndTheBlockBeforeIt) {
    EXPECT_EQ(first_snapshot_block({1}), Height{1});
    EXPECT_EQ(first_snapshot_block({2160}), Height{1});
    EXPECT_EQ(first_snapshot_block({2161}), Height{1});
    EXPECT_EQ(first_snapshot_block({2162}), Height{2});
    const ChainSnapshot some = snapshot(2170);
    EXPECT_EQ(some.blocks.front().header.height, Height{9});
    ASSERT_TRUE(decode_snapshot(encode_snapshot(some).value()));
    EXPECT_EQ(refused(some, [](auto& s) { s.blocks.erase(s.blocks.begin()); }), SnapshotError::broken_chain);
    EXPECT_EQ(refused(some, [&](auto& s) { s.blocks.insert(s.blocks.begin(), block_at({8})); }),
              SnapshotError::malformed);  // more than any has
}

TEST_F(SnapshotTest, EachRuleHasItsReason) {
    const ChainSnapshot some = snapshot(6);
    EXPECT_EQ(refused(some, [](auto&) {}), std::nullopt);
    EXPECT_EQ(refused(some, [](auto& s) { s.genesis.timestamp += 1; }), SnapshotError::broken_header);
    EXPECT_EQ(refused(some, [](auto& s) { s.genesis.iteration = 1; }), SnapshotError::broken_header);
    EXPECT_EQ(refused(some, [](auto& s) { s.genesis = ledger::genesis_header({}, 1); }), SnapshotError::broken_chain);
    EXPECT_EQ(refused(some, [](auto& s) { s.blocks.clear(); }), SnapshotError::broken_chain);
    EXPECT_EQ(refused(some, [](auto& s) { s.blocks.erase(s.blocks.begin()); }), SnapshotError::broken_chain);
    EXPECT_EQ(refused(some, [](auto& s) { s.blocks.erase(s.blocks.begin() + 2); }), SnapshotError::broken_chain);
    EXPECT_EQ(refused(some, [](auto& s) { std::swap(s.blocks[2], s.blocks[3]); }), SnapshotError::broken_chain);
    EXPECT_EQ(refused(some, [](auto& s) { s.blocks[3].header.timestamp += 1; }), SnapshotError::broken_header);
    EXPECT_EQ(refused(some,
                      [](auto& s) {
                          s.blocks[3].header.timestamp += 1;
                          TestNetwork::seal(s.blocks[3]);
                      }),
              SnapshotError::broken_chain);
    EXPECT_EQ(refused(some, [](auto& s) { s.blocks[1].faults.push_back(ledger::BlockSamples(1).fault()); }),
              SnapshotError::broken_faults);
    EXPECT_EQ(refused(some,
                      [](auto& s) {
                          s.blocks.back().header.iteration = 255;
                          TestNetwork::seal(s.blocks.back());
                      }),
              SnapshotError::unattested);
}

TEST_F(SnapshotTest, RefusesOtherFilesAndDamagedOnes) {
    const Bytes good = encode_snapshot(snapshot(3)).value();
    EXPECT_EQ(decode_snapshot({}).error(), SnapshotError::not_a_snapshot);
    EXPECT_EQ(decode_snapshot(Bytes(100, 7)).error(), SnapshotError::not_a_snapshot);
    Bytes later = good;
    later[8] = 2;
    EXPECT_EQ(decode_snapshot(later).error(), SnapshotError::unknown_version);
    Bytes large = good;
    large[15] = 0xff;
    EXPECT_EQ(decode_snapshot(large).error(), SnapshotError::too_large);
    Bytes longer = good;
    longer.push_back(0);
    EXPECT_EQ(decode_snapshot(longer).error(), SnapshotError::malformed);
    for (std::size_t size = ChainSnapshot::kPrefixSize; size < good.size(); size += 97) {
        EXPECT_EQ(decode_snapshot(ByteView(good).first(size)).error(), SnapshotError::truncated) << size;
    }
    for (std::size_t at = ChainSnapshot::kPrefixSize; at < good.size(); at += 13) {
        Bytes damaged = good;
        damaged[at] ^= 1;
        EXPECT_EQ(decode_snapshot(damaged).error(), SnapshotError::wrong_checksum) << at;
    }
}

}  // namespace
}  // namespace dusk::chain
