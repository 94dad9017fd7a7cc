#include "storage/pool_table.hpp"

#include <gtest/gtest.h>

#include <random>

#include "mempool/pool_samples.hpp"
#include "storage/memory_store.hpp"
#include "storage/stored_values.hpp"
#include "storage/tables.hpp"

namespace dusk::storage {
namespace {

using mempool::Mempool;
using mempool::sample_payment;
using mempool::sample_spend;

std::unique_ptr<PoolTable> open(KeyValue& store) {
    auto table = PoolTable::open(store);
    if (!table) ADD_FAILURE() << table.error().text;
    return table ? std::move(*table) : nullptr;
}

// A pool that is restarted at any moment is the same again.
TEST(PoolTableTest, FollowsThePool) {
    MemoryStore bytes;
    mempool::SampleState state;
    const mempool::PoolSettings settings{.most_transactions = 12};
    const mempool::PoolTime now{.wall = WallTime(std::chrono::hours(1000)), .steady = {}};
    auto pool = std::make_unique<Mempool>(settings);
    auto table = open(bytes);
    std::mt19937_64 random(1);
    std::size_t restarts = 0;
    for (int i = 0; i < 400; ++i) {
        const auto price = 1 + random() % 9;
        const auto transaction = random() % 3 == 0 ? sample_spend({random() % 20, 20 + random() % 5}, price)
                                                   : sample_payment(random() % 4, 1 + random() % 6, price);
        if (const auto checked = pool->precheck(transaction, state)) (void)pool->insert(*checked, state, now);
        if (random() % 10 == 0) pool->discard(std::vector{pool->best().back()->id()});
        ASSERT_TRUE(table->apply(pool->take_events()).has_value());
        if (random() % 10 != 0) continue;
        ++restarts;
        table = open(bytes);
        auto again = std::make_unique<Mempool>(settings);
        again->restore(table->load().value(), state, now);
        EXPECT_EQ(again->ids(100), pool->ids(100));
        EXPECT_EQ(again->best().size(), again->size());
        pool = std::move(again);
    }
    EXPECT_GT(restarts, 20U);
    EXPECT_GT(pool->size(), 4U);
}

TEST(PoolTableTest, LeavesOutWhatCannotBeRead) {
    MemoryStore bytes;
    const auto table = open(bytes);
    const auto first = sample_payment(0, 1);
    const auto second = sample_payment(0, 2);
    const WallTime time(std::chrono::milliseconds(77));
    WriteBatch batch;
    batch.put(key_of(Table::pool, first.id()), ledger::encode(StoredPoolTransaction{time, first}));
    batch.put(key_of(Table::pool, second.id()), ledger::encode(StoredPoolTransaction{time, first}));
    batch.put(key_of(Table::pool, sample_payment(0, 3).id()), Bytes{1, 2, 3});
    ASSERT_TRUE(bytes.write(batch, Sync::no).has_value());
    for (int i = 0; i < 2; ++i) {
        const auto kept = table->load();
        ASSERT_TRUE(kept.has_value());
        ASSERT_EQ(kept->size(), 1U);
        EXPECT_EQ(kept->front().transaction, first);
        EXPECT_EQ(kept->front().time, time);
        EXPECT_EQ(bytes.size(), 2U);  // and the format
    }
    bytes.stop_at(0, MemoryStore::Stop::before);
    const std::vector<mempool::PoolEvent> events{mempool::Removed{first.id(), {}}};
    EXPECT_FALSE(table->apply(events).has_value());
    EXPECT_FALSE(table->load().has_value());
}

}  // namespace
}  // namespace dusk::storage
