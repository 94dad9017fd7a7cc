#include "storage/chain_store.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "storage/chain_model.hpp"
#include "storage/memory_store.hpp"

namespace dusk::storage {
namespace {

std::unique_ptr<ChainStore> open(KeyValue& store) {
    auto opened = ChainStore::open(store);
    if (!opened) ADD_FAILURE() << opened.error().text;
    if (opened) (*opened)->keep_events();
    return opened ? std::move(*opened) : nullptr;
}

RC_GTEST_PROP(ChainStoreTest, EveryHistoryIsThatOfTheModel, ()) {
    MemoryStore bytes;
    ChainModel model;
    const ChainHistory history(*rc::gen::arbitrary<std::uint64_t>());
    const auto store = open(bytes);
    const auto steps = *rc::gen::inRange<std::uint64_t>(1, 30);
    for (std::uint64_t i = 0; i < steps; ++i) RC_ASSERT(history.step(i, model)(*store).has_value());
    ChainHistory::expect_same(model, *store);
    ChainHistory::expect_same(model, *open(bytes));
    RC_ASSERT(!testing::Test::HasFailure());
}

// The process or the power ends within a write: afterwards the store is that of before or after it, less the last
// writes that need not survive.
RC_GTEST_PROP(ChainStoreTest, ACrashAtAnyWriteLeavesAWholeStore, ()) {
    MemoryStore bytes;
    ChainModel model;
    const ChainHistory history(*rc::gen::arbitrary<std::uint64_t>());
    auto store = open(bytes);
    std::map<std::uint64_t, ChainModel> after;  // writes → what is stored
    after[bytes.writes()] = model;
    const auto how = *rc::gen::element(MemoryStore::Stop::before, MemoryStore::Stop::after);
    bytes.stop_at(*rc::gen::inRange<std::uint64_t>(0, 30), how);
    for (std::uint64_t i = 0; !bytes.stopped(); ++i) {
        const auto done = history.step(i, model)(*store);
        RC_ASSERT(done.has_value() || (bytes.stopped() && done.error().kind == chain::StoreFailure::Kind::io));
        if (done || how == MemoryStore::Stop::after) after[bytes.writes()] = model;
    }
    RC_ASSERT(!store->tip().has_value());
    const auto lost = *rc::gen::inRange<std::uint64_t>(0, bytes.unsynced() + 1);
    const std::uint64_t left = bytes.writes() - lost;
    bytes.crash(lost);
    store = open(bytes);
    RC_ASSERT(after.contains(left));
    ChainHistory::expect_same(after.at(left), *store);
    model = after.at(left);
    for (std::uint64_t i = 100; i < 110; ++i) RC_ASSERT(history.step(i, model)(*store).has_value());
    ChainHistory::expect_same(model, *store);
    RC_ASSERT(!testing::Test::HasFailure());
}

TEST(ChainStoreTest, AnEmptyOneHasNothing) {
    MemoryStore bytes;
    const auto store = open(bytes);
    EXPECT_FALSE(store->tip().value().has_value());
    EXPECT_FALSE(store->last_final().value().has_value());
    EXPECT_FALSE(store->header({}).value().has_value());
    EXPECT_FALSE(store->block({}).value().has_value());
    EXPECT_FALSE(store->candidate(ledger::BlockHash{}).value().has_value());
    EXPECT_FALSE(store->candidate(ledger::ConsensusHeader{}).value().has_value());
    EXPECT_FALSE(store->transaction({}).value().has_value());
    EXPECT_FALSE(store->step_times(ledger::Step::proposal).value().has_value());
    EXPECT_TRUE(store->faults_since({0}).value().empty());
    EXPECT_TRUE(store->revert_to({0}).value().empty());
}

TEST(ChainStoreTest, RefusesABlockThatDoesNotFollow) {
    MemoryStore bytes;
    const auto store = open(bytes);
    const ledger::Block genesis{.header = ledger::genesis_header({}, 7), .transactions = {}, .faults = {}};
    EXPECT_FALSE(store->accept({.block = genesis}).has_value());
    ASSERT_TRUE(store->begin(genesis).has_value());
    EXPECT_FALSE(store->begin(genesis).has_value());
    ledger::Block next{.header = ledger::BlockSamples(1).header(), .transactions = {}, .faults = {}};
    next.header.height = {1};
    EXPECT_FALSE(store->accept({.block = next}).has_value());
    next.header.prev_block_hash = genesis.header.hash;
    next.transactions.push_back(ChainHistory(0).transactions()[0]);
    EXPECT_FALSE(store->accept({.block = next}).has_value());  // nobody says how it was spent
    EXPECT_EQ(store->tip().value()->hash, genesis.header.hash);
}

// Of several candidates of a round one is found by the round, and all go together.
TEST(ChainStoreTest, KeepsCandidatesThatContradict) {
    MemoryStore bytes;
    const auto store = open(bytes);
    const ledger::ConsensusHeader round{{}, 5, 2};
    std::set<ledger::BlockHash> hashes;
    for (std::uint64_t i = 0; i < 3; ++i) {
        ledger::Block block{.header = ledger::BlockSamples(i).header(), .transactions = {}, .faults = {}};
        block.header.prev_block_hash = {};
        block.header.height = {5};
        block.header.iteration = 2;
        hashes.insert(block.header.hash);
        ASSERT_TRUE(store->keep_candidate(block).has_value());
    }
    EXPECT_EQ(store->candidate(round).value()->header.hash, *hashes.begin());
    ASSERT_TRUE(store->forget_candidates({4}).has_value());
    EXPECT_TRUE(store->candidate(round).value().has_value());
    ASSERT_TRUE(store->forget_candidates({5}).has_value());
    EXPECT_FALSE(store->candidate(round).value().has_value());
    for (const ledger::BlockHash& hash : hashes) EXPECT_FALSE(store->candidate(hash).value().has_value());
    EXPECT_EQ(bytes.size(), 1U);  // the format
}

TEST(ChainStoreTest, BlobsGoSomeTimeAfterTheirBlock) {
    MemoryStore bytes;
    const auto store = open(bytes);
    ledger::BlockHash previous;
    std::vector<ledger::Block> blocks;
    ledger::LedgerTransaction with_blob{.transaction = ledger::samples::some_moonlight(3, 6)};
    const ledger::BlobHash name = with_blob.transaction.blobs()->blobs[0].hash;
    for (std::uint64_t height = 0; height < 4; ++height) {
        ledger::Block block{.header = ledger::BlockSamples(height).header(), .transactions = {}, .faults = {}};
        block.header.height = {height};
        block.header.prev_block_hash = previous;
        previous = block.header.hash;
        if (height == 0) {
            ASSERT_TRUE(store->begin(block).has_value());
        } else {
            // The same blob in each block, in another transaction.
            ledger::LedgerTransaction transaction{.transaction = ledger::samples::some_moonlight(height, 0)};
            std::get<ledger::MoonlightTransaction>(transaction.transaction.body).payload.data =
                *with_blob.transaction.blobs();
            block.transactions = {transaction};
            ASSERT_TRUE(store->accept({.block = block, .spent = {{transaction, {height}, {1}, {}}}}).has_value());
        }
        blocks.push_back(block);
    }
    const auto content_of = [&](std::uint64_t height) {
        return store->block(blocks[height].header.hash).value()->transactions[0].transaction.blobs()->blobs[0].sidecar;
    };
    EXPECT_EQ(store->forget_blobs_below({3}, 1).value(), 1U);
    EXPECT_FALSE(content_of(1).has_value());
    EXPECT_TRUE(content_of(2).has_value());
    EXPECT_EQ(store->forget_blobs_below({3}, 100).value(), 1U);
    EXPECT_EQ(store->forget_blobs_below({3}, 100).value(), 0U);
    EXPECT_FALSE(content_of(2).has_value());
    EXPECT_EQ(content_of(3), with_blob.transaction.blobs()->blobs[0].sidecar);
    EXPECT_EQ(store->blob(name).value(), with_blob.transaction.blobs()->blobs[0].sidecar);
    // The transactions are the same to everybody without it.
    EXPECT_EQ(ledger::transactions_root(store->block(blocks[1].header.hash).value()->transactions),
              ledger::transactions_root(blocks[1].transactions));
    EXPECT_EQ(store->revert_to({2}).value().size(), 1U);
    EXPECT_FALSE(store->blob(name).value().has_value());
}

// Each value in the store damaged in each way: a typed error or another value, never the end of the process.
TEST(ChainStoreTest, SaysWhatIsDamaged) {
    MemoryStore bytes;
    ChainModel model;
    const ChainHistory history(3);
    {
        const auto store = open(bytes);
        for (std::uint64_t i = 0; model.blocks.size() < 5; ++i) ASSERT_TRUE(history.step(i, model)(*store).has_value());
    }
    WriteBatch all;
    ASSERT_TRUE(bytes.scan({{0}, {0xff}}, Order::ascending, [&](ByteView key, ByteView value) {
        all.put(to_vector(key), to_vector(value));
        return true;
    }));
    const auto use = [&](ChainStore& store) {
        std::vector<std::optional<chain::StoreFailure>> out;
        const auto see = [&](const auto& result) {
            out.push_back(result ? std::nullopt : std::optional(result.error()));
        };
        see(store.tip());
        see(store.last_final());
        see(store.first_block());
        see(store.faults_since({0}));
        for (const auto& block : model.blocks) {
            see(store.block(block.block.header.hash));
            see(store.at(block.block.header.height));
            see(store.events(block.block.header.height, [](const chain::KeptEvent&) {}));
            for (const auto& spent : block.spent) see(store.transaction(spent.transaction.id()));
        }
        see(store.last_iteration());
        for (const auto& [hash, block] : model.candidates) see(store.candidate(hash));
        for (const auto& [round, result] : model.results) see(store.validation_result(round));
        for (const auto& [step, times] : model.step_times) see(store.step_times(step));
        return out;
    };
    std::size_t found = 0;
    for (const WriteBatch::Change& entry : all.changes()) {
        if (entry.value->size() > 100'000) continue;  // a blob, of which nothing but the length can be wrong
        for (const auto& damage :
             {Bytes{}, Bytes(entry.value->begin(), entry.value->end() - (entry.value->empty() ? 0 : 1)),
              Bytes(entry.value->size() + 1, 0xff)}) {
            if (damage == *entry.value) continue;
            WriteBatch change;
            change.put(entry.key, damage);
            ASSERT_TRUE(bytes.write(change, Sync::no).has_value());
            const auto store = ChainStore::open(bytes);
            if (entry.key == Bytes{0}) {
                EXPECT_EQ(store.error().kind, StorageError::not_a_store);
            } else {
                ASSERT_TRUE(store.has_value());
                for (const auto& failure : use(**store)) {
                    if (!failure) continue;
                    ++found;
                    EXPECT_EQ(failure->kind, chain::StoreFailure::Kind::damaged);
                    EXPECT_NE(failure->text.find("fetched again"), std::string::npos);
                }
            }
            bytes.crash(1);
        }
    }
    EXPECT_GT(found, 100U);
}

// Only a store that is told to keeps them; what is kept goes with its block.
TEST(ChainStoreTest, KeepsEventsWhereItIsTold) {
    MemoryStore bytes;
    const auto store = *ChainStore::open(bytes);
    const auto never = [](const chain::KeptEvent&) { ADD_FAILURE() << "there is no event"; };
    const ledger::Block genesis{.header = ledger::genesis_header({}, 7), .transactions = {}, .faults = {}};
    ASSERT_TRUE(store->begin(genesis).has_value());
    ledger::Block next{.header = ledger::BlockSamples(1).header(), .transactions = {}, .faults = {}};
    next.header.height = {1};
    next.header.prev_block_hash = genesis.header.hash;
    const chain::AcceptedBlock block{.block = next, .receipts = std::make_shared<execution::BlockReceipts>()};
    ASSERT_TRUE(store->accept(block).has_value());
    EXPECT_FALSE(store->events({1}, never).value());
    ASSERT_TRUE(store->revert_to({0}).has_value());
    store->keep_events();
    const std::size_t before = bytes.size();
    ASSERT_TRUE(store->accept(block).has_value());
    EXPECT_TRUE(store->events({1}, never).value());  // there is none, and that is known
    EXPECT_FALSE(store->events({0}, never).value());
    ASSERT_TRUE(store->revert_to({0}).has_value());
    EXPECT_EQ(bytes.size(), before);
}

TEST(ChainStoreTest, KnowsWhatIsNotItsOwn) {
    MemoryStore foreign;
    WriteBatch batch;
    batch.put({7}, {7});
    ASSERT_TRUE(foreign.write(batch, Sync::yes).has_value());
    EXPECT_EQ(ChainStore::open(foreign).error().kind, StorageError::not_a_store);

    MemoryStore later;
    WriteBatch format;
    format.put({0}, ledger::encode(StoredFormat{.version = 2}));
    ASSERT_TRUE(later.write(format, Sync::yes).has_value());
    const auto opened = ChainStore::open(later);
    EXPECT_EQ(opened.error().kind, StorageError::unknown_version);
    EXPECT_NE(opened.error().text.find("version 2"), std::string::npos);
}

}  // namespace
}  // namespace dusk::storage
