#include "storage/chain_check.hpp"

#include <gtest/gtest.h>

#include "chain/serving.hpp"
#include "chain/test_network.hpp"
#include "storage/chain_model.hpp"
#include "storage/memory_store.hpp"
#include "storage/tables.hpp"

namespace dusk::storage {
namespace {

using ledger::Block;
using ledger::Height;

class ChainCheckTest : public testing::Test {
  protected:
    ChainCheckTest() : store_(*ChainStore::open(bytes_)) {}

    // A block that holds together, with some transactions and a fault.
    static Block next(const ledger::BlockHeader& previous, std::uint64_t seed) {
        Block out{.header = ledger::BlockSamples(seed).header(), .transactions = {}, .faults = {}};
        out.header.height = {previous.height.value + 1};
        out.header.prev_block_hash = previous.hash;
        const auto all = ChainHistory(0).transactions();
        for (std::size_t i = 0; i < 4; ++i) out.transactions.push_back(all[(seed * 4 + i) % all.size()]);
        if (seed % 2 == 0) out.faults.push_back(ledger::BlockSamples(seed).fault());
        out.header.transactions_root = ledger::transactions_root(out.transactions);
        out.header.faults_root = ledger::faults_root(out.faults);
        out.header.hash = out.header.content_hash();
        return out;
    }
    void accept(const Block& block, ledger::Label::Kind kind = ledger::Label::Kind::final) {
        chain::AcceptedBlock accepted{.block = block, .spent = {}, .label = {kind, 1}};
        for (const auto& transaction : block.transactions) {
            accepted.spent.push_back({transaction, block.header.height, {7}, {}});
        }
        ASSERT_TRUE(store_->accept(accepted));
    }
    // Genesis and so many blocks, the last one not final.
    void fill(std::uint64_t count) {
        Block last{.header = ledger::genesis_header({}, 5), .transactions = {}, .faults = {}};
        ASSERT_TRUE(store_->begin(last));
        for (std::uint64_t i = 0; i < count; ++i) {
            last = next(last.header, i);
            accept(last, i + 1 == count ? ledger::Label::Kind::attested : ledger::Label::Kind::final);
        }
    }
    [[nodiscard]] ChainReport check() {
        auto report = check_chain(*TypedStore::open(bytes_));
        EXPECT_TRUE(report) << report.error().text;
        return report ? *std::move(report) : ChainReport{.problems = 1000};
    }
    void expect_sound() {
        const ChainReport report = check();
        EXPECT_EQ(report.problems, 0U);
        for (const ChainFinding& finding : report.findings) ADD_FAILURE() << finding.text;
    }
    void put(Bytes key, std::optional<Bytes> value) {
        WriteBatch batch;
        if (value) {
            batch.put(std::move(key), *std::move(value));
        } else {
            batch.remove(std::move(key));
        }
        ASSERT_TRUE(bytes_.write(batch, Sync::no));
    }

    MemoryStore bytes_;
    std::unique_ptr<ChainStore> store_;
};

TEST_F(ChainCheckTest, ASoundChainHasNoFindings) {
    fill(6);
    std::uint64_t calls = 0;
    const auto report = check_chain(*TypedStore::open(bytes_), [&](std::uint64_t, std::uint64_t total) {
        ++calls;
        EXPECT_EQ(total, 7U);
    });
    ASSERT_TRUE(report);
    EXPECT_EQ(report->problems, 0U) << report->findings[0].text;
    EXPECT_EQ(calls, 6U);
    EXPECT_EQ(report->first, Height{1});
    EXPECT_EQ(report->tip, Height{6});
    EXPECT_EQ(report->last_final, Height{5});
    EXPECT_EQ(report->blocks, 7U);
    EXPECT_EQ(report->transactions, 24U);
    EXPECT_EQ(report->faults, 3U);
    EXPECT_GT(report->blobs, 0U);
}

TEST_F(ChainCheckTest, ANewChainIsSound) {
    EXPECT_FALSE(check_chain(*TypedStore::open(bytes_)));  // no block at all
    fill(0);
    expect_sound();
}

TEST_F(ChainCheckTest, AChainThatBeginsBehindASnapshotIsSound) {
    std::vector<Block> past{next(ledger::genesis_header({}, 5), 1)};
    past[0].header.height = {100};
    past[0].header.hash = past[0].header.content_hash();
    for (std::uint64_t i = 2; i < 5; ++i) past.push_back(next(past.back().header, i));
    const Block top = next(past.back().header, 9);
    for (Block& block : past) block.transactions.clear();
    ASSERT_TRUE(
        store_->begin_behind({.header = ledger::genesis_header({}, 5), .transactions = {}, .faults = {}}, past));
    accept(top);
    expect_sound();
    EXPECT_EQ(check().headers_only, 4U);
    EXPECT_EQ(check().first, Height{100});

    // What is known of these blocks, and that no more is.
    const Block& known = past[1];
    EXPECT_EQ(store_->header(known.header.hash).value(), known.header);
    EXPECT_FALSE(store_->block(known.header.hash).value().has_value());
    EXPECT_EQ(store_->faults_of(known.header.height).value(), known.faults);
    EXPECT_EQ(store_->first_block().value(), Height{100});
    EXPECT_EQ(store_->last_final().value(), top.header.height);
    // Others are offered only what they can be given.
    chain::EmptyPool pool;
    chain::Serving serving(*store_, pool, 10);
    const ledger::SocketAddress peer{ByteArray<4>{10, 0, 0, 1}, 9000};
    EXPECT_EQ(serving.blocks_after(past[0].header.hash, peer, {}), std::nullopt);
    EXPECT_EQ(serving.blocks_after(past.back().header.hash, peer, {})->items.size(), 1U);

    EXPECT_EQ(store_->forget_blocks_below({102}, 100).value(), 2U);
    EXPECT_FALSE(store_->header(known.header.hash).value().has_value());
    expect_sound();
    EXPECT_EQ(store_->revert_to({103}).value().size(), 1U);
    EXPECT_EQ(store_->revert_to({102}).error().kind, chain::StoreFailure::Kind::damaged);
}

TEST_F(ChainCheckTest, APrunedChainIsSound) {
    fill(8);
    ASSERT_TRUE(store_->forget_blobs_below({6}, 100));
    expect_sound();
    ASSERT_TRUE(store_->forget_blocks_below({4}, 100));
    expect_sound();
    EXPECT_EQ(check().first, Height{4});
}

// Every entry of the blocks that go replaced by what cannot be read, and taken away: nothing of them is left.
TEST_F(ChainCheckTest, WhatIsOnlyForgottenNeedNotBeRead) {
    fill(6);
    WriteBatch blocks;
    for (const Table table : {Table::header, Table::label, Table::transaction, Table::fault, Table::blob}) {
        for (std::uint64_t height = 1; height < 4; ++height) {
            ASSERT_TRUE(
                bytes_.scan(keys_of(table, Height{height}), Order::ascending, [&](ByteView key, ByteView value) {
                    blocks.put(to_vector(key), to_vector(value));
                    return true;
                }));
        }
    }
    ASSERT_GT(blocks.changes().size(), 6U);
    for (const WriteBatch::Change& entry : blocks.changes()) {
        for (const bool is_missing : {false, true}) {
            // By the labels it is known which blocks there are.
            if (is_missing && entry.key[0] == static_cast<std::uint8_t>(Table::label)) continue;
            put(entry.key, is_missing ? std::nullopt : std::optional(Bytes{1}));
            store_ = ChainStore::open(bytes_).value();
            const auto forgotten = store_->forget_blocks_below({4}, 100);
            ASSERT_TRUE(forgotten) << static_cast<char>(entry.key[0]) << ' ' << forgotten.error().text;
            EXPECT_EQ(*forgotten, 3U);
            expect_sound();
            EXPECT_EQ(check().first, Height{4});
            bytes_.crash(2);
            store_ = ChainStore::open(bytes_).value();
        }
    }
    expect_sound();
    EXPECT_EQ(check().first, Height{1});
}

// Every entry of the chain taken away, and replaced by what cannot be read.
TEST_F(ChainCheckTest, FindsEverythingThatIsMissingOrDamaged) {
    fill(5);
    WriteBatch all;
    ASSERT_TRUE(bytes_.scan({{0}, {0xff}}, Order::ascending, [&](ByteView key, ByteView value) {
        all.put(to_vector(key), to_vector(value));
        return true;
    }));
    for (const WriteBatch::Change& entry : all.changes()) {
        if (entry.key == Bytes{0}) continue;
        put(entry.key, std::nullopt);
        EXPECT_GT(check().problems, 0U) << static_cast<char>(entry.key[0]);
        bytes_.crash(1);
        if (entry.value->empty()) continue;
        put(entry.key, Bytes(entry.value->begin(), entry.value->end() - 1));
        EXPECT_GT(check().problems, 0U) << static_cast<char>(entry.key[0]);
        bytes_.crash(1);
    }
    expect_sound();
}

TEST_F(ChainCheckTest, FindsEventsThatCannotBeRead) {
    fill(2);
    put(key_of(Table::events, Height{1}, std::uint32_t{0}), Bytes{});  // nothing was reported
    expect_sound();
    put(key_of(Table::events, Height{1}, std::uint32_t{2}), Bytes{});  // piece 1 is missing
    EXPECT_GT(check().problems, 0U);
    bytes_.crash(1);
    put(key_of(Table::events, Height{1}, std::uint32_t{0}), Bytes{6});
    EXPECT_GT(check().problems, 0U);
}

TEST_F(ChainCheckTest, FindsWhatBelongsToNoBlock) {
    fill(3);
    const ledger::BlockHash hash{ByteArray<32>{1}};
    const ledger::TransactionId id{ByteArray<32>{2}};
    const ledger::BlobHash blob{ByteArray<32>{3}};
    for (const Bytes& key :
         {key_of(Table::header, Height{9}), key_of(Table::height, hash), key_of(Table::place, id),
          key_of(Table::transaction, Height{9}, std::uint32_t{0}), key_of(Table::fault, Height{2}, std::uint32_t{50}),
          key_of(Table::blob, Height{1}, blob), key_of(Table::blob_height, blob, Height{1}),
          key_of(Table::events, Height{9}, std::uint32_t{0})}) {
        put(key, Bytes(12, 0));
        EXPECT_GT(check().problems, 0U) << static_cast<char>(key[0]);
        bytes_.crash(1);
    }
    expect_sound();
}

TEST_F(ChainCheckTest, FindsWhatContradictsItself) {
    fill(3);
    const auto block = *store_->block((*store_->at({2}))->hash);
    const auto expect = [&](const Bytes& key, Bytes value, std::string_view text) {
        put(key, std::move(value));
        const ChainReport report = check();
        EXPECT_TRUE(std::ranges::any_of(report.findings, [&](const auto& one) { return one.text == text; })) << text;
        bytes_.crash(1);
    };
    const StoredHeader whole{.header = block->header, .transactions = 4, .faults = 0};
    StoredHeader header = whole;
    header.header.timestamp += 1;
    expect(key_of(Table::header, Height{2}), ledger::encode(header), "its hash is not that of its content");
    header = whole;
    header.header.prev_block_hash.bytes[0] ^= 1U;
    expect(key_of(Table::header, Height{2}), ledger::encode(header), "it does not follow the block below it");
    header = whole;
    header.transactions = std::nullopt;
    expect(key_of(Table::header, Height{2}), ledger::encode(header),
           "it has no transactions, and a block below it has them");
    expect(key_of(Table::label, Height{0}),
           ledger::encode(StoredLabel{ledger::genesis_header({}, 5).hash, {ledger::Label::Kind::accepted, 1}}),
           "it is final, and a block below it is not");
    expect(key_of(Table::label, Height{2}), ledger::encode(StoredLabel{{}, {ledger::Label::Kind::final, 1}}),
           "its header has another hash than its label");
    expect(key_of(Table::height, block->header.hash), ledger::encode(StoredHeight{{3}}),
           "the index of hashes names another height");
    expect(key_of(Table::place, block->transactions[1].id()), ledger::encode(StoredPlace{{2}, 3}),
           "the index of transactions has another place for number 1");
    const auto other = *store_->transaction((*store_->block((*store_->at({1}))->hash))->transactions[0].id());
    expect(key_of(Table::transaction, Height{2}, std::uint32_t{0}), ledger::encode(*other),
           "its transactions are not those of its header");
    expect_sound();
}

}  // namespace
}  // namespace dusk::storage
