// What is entered later than the blocks: events that were found by executing them anew, stakes after final ones.
#include "storage/event_table.hpp"

#include <gtest/gtest.h>

#include "execution/block_execution.hpp"
#include "storage/chain_store.hpp"
#include "storage/memory_store.hpp"
#include "storage/stakes_table.hpp"
#include "storage/tables.hpp"

namespace dusk::storage {
namespace {

using ledger::Height;

// A chain of blocks without transactions, whose events are not kept.
class LateEntries : public testing::Test {
  protected:
    void SetUp() override {
        auto opened = ChainStore::open(bytes_);
        ASSERT_TRUE(opened) << opened.error().text;
        chain_ = std::move(*opened);
        ledger::Block block{.header = ledger::genesis_header({}, 7)};
        ASSERT_TRUE(chain_->begin(block));
        for (std::uint64_t height = 1; height <= 3; ++height) {
            block.header.prev_block_hash = block.header.hash;
            block.header.height = {height};
            block.header.hash = block.header.content_hash();
            ASSERT_TRUE(chain_->accept({.block = block, .label = {ledger::Label::Kind::final, 1}}));
        }
    }
    static execution::BlockReceipts receipts(std::size_t events) {
        execution::BlockReceipts out;
        for (std::size_t i = 0; i < events; ++i) {
            out.events.add({ByteArray<32>{1}, "topic", Bytes(300'000, static_cast<std::uint8_t>(i)), i == 1});
        }
        out.origins.push_back({.transaction = ledger::TransactionId{{5}}, .events = events});
        return out;
    }
    struct Seen {
        bool known = false;
        std::vector<std::uint8_t> marks{};
        std::size_t reverted = 0;
    };
    Seen seen(Height height) {
        Seen out;
        const auto known = chain_->events(height, [&](const chain::KeptEvent& event) {
            EXPECT_EQ(event.origin, ledger::TransactionId{{5}});
            EXPECT_EQ(event.topic, "topic");
            EXPECT_EQ(event.data.size(), 300'000U);
            out.marks.push_back(event.data.front());
            out.reverted += event.reverted ? 1 : 0;
        });
        EXPECT_TRUE(known);
        out.known = known && *known;
        return out;
    }

    MemoryStore bytes_;
    std::unique_ptr<ChainStore> chain_;
};

TEST_F(LateEntries, EventsAreThoseThatTheChainShows) {
    EventTable table(bytes_);
    EXPECT_FALSE(table.has({2}).value());
    EXPECT_FALSE(seen({2}).known);
    ASSERT_TRUE(table.add({2}, receipts(9), Sync::no));  // in several pieces
    EXPECT_TRUE(table.has({2}).value());
    const Seen found = seen({2});
    EXPECT_EQ(found.marks, (std::vector<std::uint8_t>{0, 1, 2, 3, 4, 5, 6, 7, 8}));
    EXPECT_EQ(found.reverted, 1U);
    // The neighbours are as they were; nothing that was reported is not the same as nothing known.
    EXPECT_FALSE(table.has({1}).value());
    EXPECT_FALSE(table.has({3}).value());
    ASSERT_TRUE(table.add({1}, receipts(0), Sync::yes));
    EXPECT_TRUE(seen({1}).known);
    EXPECT_TRUE(seen({1}).marks.empty());
}

TEST_F(LateEntries, EventsMayBeEnteredAgain) {
    EventTable table(bytes_);
    for (int i = 0; i < 2; ++i) ASSERT_TRUE(table.add({3}, receipts(4), Sync::yes));
    EXPECT_EQ(seen({3}).marks.size(), 4U);
}

TEST_F(LateEntries, EventsGoWithTheirBlock) {
    EventTable table(bytes_);
    ASSERT_TRUE(table.add({1}, receipts(1), Sync::no));
    ASSERT_TRUE(table.add({2}, receipts(9), Sync::no));
    ASSERT_TRUE(chain_->forget_blocks_below({2}, 10));
    EXPECT_FALSE(table.has({1}).value());
    ASSERT_TRUE(chain_->revert_to({1}));
    EXPECT_FALSE(table.has({2}).value());
    EXPECT_FALSE(seen({2}).known);
}

TEST_F(LateEntries, StakesOfABlock) {
    StakesTable table(bytes_);
    EXPECT_EQ(table.after({1}).value(), std::nullopt);
    const std::vector<chain::KeptStake> stakes{{.key = {{1}}, .value = {5}, .eligible_since = {7}},
                                               {.key = {{2}}, .value = {6}, .eligible_since = {0}}};
    ASSERT_TRUE(table.keep({1}, stakes));
    ASSERT_TRUE(table.keep({2}, {}));
    EXPECT_EQ(table.after({1}).value(), stakes);
    EXPECT_EQ(table.after({2}).value(), std::vector<chain::KeptStake>{});
    EXPECT_EQ(table.after({3}).value(), std::nullopt);
    WriteBatch batch;
    batch.put(key_of(Table::stakes, Height{1}), Bytes{1, 0, 0, 0, 9});
    ASSERT_TRUE(bytes_.write(batch, Sync::no));
    EXPECT_EQ(table.after({1}).error().kind, chain::StoreFailure::Kind::damaged);
}

}  // namespace
}  // namespace dusk::storage
